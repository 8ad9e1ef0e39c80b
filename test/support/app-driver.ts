import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { launchPatiently } from './patient-app.ts';
import { XScreen } from './x-screen.ts';

/** How to start the app. Every path is absolute. */
export interface AppStart {
  /** The Electron to run. */
  readonly electron: string;
  /** Switches that this machine needs, such as `--no-sandbox` for root. */
  readonly flags: readonly string[];
  /** Folder with the app's package.json. */
  readonly appFolder: string;
  /** Profile folder; the app keeps nothing elsewhere. */
  readonly profile: string;
  /** Home folder of the user that the app sees. */
  readonly home: string;
  /** Vault to begin with; null for none. */
  readonly vaultFile: string | null;
  /** Added to the environment; DISPLAY among them. */
  readonly env: Readonly<Record<string, string>>;
}

/** Drives the real app as a person would: by roles and names in its page, by keys in the system's file dialogs. */
export class AppDriver {
  readonly app: ElectronApplication;
  /** The page of the moment: locking replaces it. */
  page: Page;
  /** Everything that the app wrote to the terminal or its console. */
  readonly output: string[] = [];
  readonly #screen: XScreen;
  #hasEnded = false;

  private constructor(app: ElectronApplication, page: Page, env: NodeJS.ProcessEnv) {
    this.app = app;
    this.page = page;
    this.#screen = new XScreen(env);
    app.on('close', () => (this.#hasEnded = true));
  }

  /** Starts the app and waits for its first page. */
  static async start({ electron, flags, appFolder, profile, home, vaultFile, env }: AppStart): Promise<AppDriver> {
    const fullEnv = { ...process.env, ...env, HOME: home, XDG_CONFIG_HOME: '', GSETTINGS_BACKEND: 'memory' };
    const vault = vaultFile === null ? [] : [vaultFile];
    const app = await launchPatiently({
      executablePath: electron,
      args: [...flags, appFolder, `--user-data-dir=${profile}`, ...vault],
      env: fullEnv,
      // Playwright would switch the sandbox off; only `flags` may, for root.
      chromiumSandbox: true,
    });
    const page = await app.firstWindow();
    const driver = new AppDriver(app, page, fullEnv);
    for (const stream of [app.process().stdout, app.process().stderr]) {
      stream?.on('data', (chunk: Buffer) => driver.output.push(chunk.toString()));
    }
    driver.#watch(page);
    await page.waitForLoadState();
    return driver;
  }

  /** A button by its whole name. */
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Opens the form for a new item, by the name of its kind. */
  async newItem(kind: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New', exact: true }).first().click();
    await this.page.getByRole('menuitem', { name: kind, exact: true }).click();
  }

  /** Chooses in a list that opens, by the whole label of field and choice. */
  async choose(label: string, choice: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).click();
    await this.page.locator('[data-select-item]').filter({ hasText: choice }).first().click();
  }

  /** A field to type into, by its whole label. */
  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true }).and(this.page.locator('input, textarea, select'));
  }

  /** A row of the list. */
  row(title: string): Locator {
    return this.page.getByRole('option', { name: title });
  }

  /** Text of a field in the detail view. */
  async detail(fieldName: string): Promise<string> {
    return (await this.page.locator(`[data-field="${fieldName}"]`).first().innerText()).trim();
  }

  /** Makes the vault from the first screen. */
  async createVault(password: string): Promise<void> {
    await this.field('Password').fill(password);
    await this.field('Repeat password').fill(password);
    await this.button('Create vault').click();
    await this.button('Lock').waitFor();
  }

  /** Types the password on the unlock screen. */
  async unlock(password: string): Promise<void> {
    await this.field('Password').fill(password);
    await this.button('Unlock').click();
  }

  /** Locks, and goes on with the fresh page. */
  async lock(): Promise<void> {
    await this.whileLocking(() => this.button('Lock').click());
  }

  /**
   * Does something that locks or leads to another vault, and goes on with the fresh page.
   *
   * @param trigger - Told by a function whether the app has locked already. The page may go away while it is still clicked.
   */
  async whileLocking(trigger: (hasLocked: () => boolean) => Promise<unknown>): Promise<void> {
    let hasLocked = false;
    const next = this.app.waitForEvent('window').then((page) => {
      hasLocked = true;
      return page;
    });
    await trigger(() => hasLocked).catch((error: unknown) => {
      if (!/has been closed|context was destroyed/.test(String(error))) throw error;
    });
    this.page = await next;
    this.#watch(this.page);
    await this.page.waitForLoadState();
  }

  /** Goes to a section by the bar at the side. */
  async goTo(section: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: section, exact: true }).click();
  }

  /** Takes a way in on the unlock screen, which lists more than one. */
  async chooseWay(title: string): Promise<void> {
    await this.page.getByLabel('Way in', { exact: true }).click();
    await this.page.getByRole('option', { name: title, exact: true }).click();
  }

  /** Types password and code on the unlock screen. */
  async unlockWithCode(password: string, code: string): Promise<void> {
    await this.field('Code').fill(code);
    await this.unlock(password);
  }

  /** Takes the recovery code's way in on the unlock screen, and types the code. */
  async unlockWithRecoveryCode(code: string): Promise<void> {
    await this.chooseWay('Recovery code');
    await this.field('Recovery code').fill(code);
    await this.button('Unlock').click();
  }

  /** Picks the key file on the unlock screen, and types the password. */
  async unlockWithKeyFile(password: string, keyFile: string): Promise<void> {
    await this.button('Choose key file…').click();
    await this.answerFileDialog('Choose the key file', keyFile);
    await this.button('Choose another…').waitFor();
    await this.unlock(password);
  }

  /** Does what opens a window for one step, and gives its page once it is loaded. */
  async otherWindow(trigger: () => Promise<void>): Promise<Page> {
    // Some derivations of a key may come before, and each takes long beside other work.
    const opened = this.app.waitForEvent('window', { timeout: 150_000 });
    await trigger();
    const page = await opened;
    this.#watch(page);
    await page.waitForLoadState();
    return page;
  }

  /** Gives the page of the app's window another size. */
  async resize(width: number, height: number): Promise<void> {
    await this.app.evaluate(
      ({ BaseWindow }, size) => {
        BaseWindow.getAllWindows()
          .filter((window) => window.getParentWindow() === null)
          .forEach((window) => window.setContentSize(size.width, size.height));
      },
      { width, height },
    );
    await this.page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
      width,
      height,
    });
  }

  /** Types a path into the system's file dialog with this title, and accepts it. */
  async answerFileDialog(title: string, file: string): Promise<void> {
    await this.#screen.answerFileDialog(title, file);
  }

  /** Accepts the name that the system's file dialog with this title begins with. */
  async acceptFileDialog(title: string): Promise<void> {
    await this.#screen.pressIn(title, 'Return');
  }

  /** Answers the system's question whether a file, or an entry in one, may be replaced. */
  async answerReplaceQuestion(isYes: boolean, title = 'Replace file'): Promise<void> {
    await this.#screen.pressIn(title, ...(isYes ? ['Tab', 'Return'] : ['Escape']));
  }

  /** Answers the system's question whether files may be deleted. */
  answerDeleteQuestion(isYes: boolean): Promise<void> {
    return this.answerReplaceQuestion(isYes, 'Delete originals');
  }

  /** Closes the system's file dialog with this title without an answer. */
  async cancelFileDialog(title: string): Promise<void> {
    await this.#screen.pressIn(title, 'Escape');
  }

  /** Has the app think that nobody has touched the computer for so long. */
  pretendIdle(seconds: number): Promise<void> {
    return this.app.evaluate(({ powerMonitor }, idle) => {
      powerMonitor.getSystemIdleTime = () => idle;
    }, seconds);
  }

  /**
   * Quits the app, as its menu does: from its event loop. Playwright's own way breaks in wherever the main process is at that moment, in
   * the middle of a save too, as nothing can without a debugger.
   */
  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = this.app.waitForEvent('close');
    await this.app.evaluate(({ app }) => void setTimeout(() => app.quit(), 0)).catch(() => undefined);
    await gone;
  }

  #watch(page: Page): void {
    page.on('console', (message) => this.output.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.output.push(`page error: ${error.message}`));
  }
}
