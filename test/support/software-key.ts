import type { Page } from '@playwright/test';

/**
 * Plugs in a security key made of software, by Chromium's own means for tests. It touches itself, and is gone with its page.
 *
 * @param hasPrf - Whether it can do what Coffer needs.
 */
export async function plugIn(page: Page, hasPrf: boolean): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('WebAuthn.enable', { enableUI: false });
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'usb',
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      hasPrf,
    },
  });
}
