/** Forms, questions and dialogs of items that the demo's way does not lead through; for `--screens`. */

const web = 'Demo web server';
const buildHost = 'Demo build host';
const accessKey = 'Demo access key';

/**
 * Opens each of them over the unlocked vault of the demo, which has a rotation more afterwards.
 *
 * @param {object} demo - Driver, report and password of the running demo.
 */
export async function showItemScreens(demo) {
  const { report } = demo;
  await report.step('show editing, its questions, and earlier versions', () => report.pictures(editing(demo)));
  await report.step('show a draft that a lock kept', () => showDraft(demo));
  await report.step('show a rotation', () => report.pictures(rotation(demo)));
  await report.step('show a comparison with EC2', () => report.pictures(comparison(demo)));
  await report.step('show the trash', () => showTrash(demo));
}

function editing({ driver }) {
  const { page } = driver;
  return {
    edit: async () => {
      await driver.goTo('All items');
      await driver.row(accessKey).click();
      await driver.button('Edit').click();
      await driver.field('Notes').fill('For the build.');
    },
    'discard-question': async () => {
      await driver.goTo('Health');
      await page.getByRole('alertdialog').waitFor();
    },
    'earlier-versions': async () => {
      await driver.button('Keep editing').click();
      await driver.button('Save').click();
      await page.getByText('Earlier versions (1)').click();
      await driver.button('Show').click();
    },
    'same-credential': async () => {
      await driver.newItem('Access key');
      await driver.field('Name').fill('Once more');
      await driver.field('Access key ID').fill('AKIAQNZGKIQY56JQ7WML');
      await driver.field('Secret access key').fill('a'.repeat(40));
      await driver.button('Save').click();
      await page.getByText('The vault has this credential already').waitFor();
    },
  };
}

async function showDraft({ driver, report, password }) {
  await driver.page.keyboard.press('Escape');
  await driver.row(accessKey).click();
  await driver.button('Edit').click();
  await driver.field('Notes').fill('Not saved yet.');
  await driver.lock();
  await driver.unlock(password);
  await driver.button('Continue editing').waitFor();
  await report.picture('draft');
  await driver.button('Discard').click();
  const question = driver.page.getByRole('alertdialog');
  await question.waitFor();
  await report.picture('draft-question');
  await question.getByRole('button', { name: 'Discard', exact: true }).click();
  await driver.button('Continue editing').waitFor({ state: 'hidden' });
}

function rotation({ driver }) {
  const { page } = driver;
  return {
    'rotation-begin': async () => {
      await driver.row(accessKey).click();
      await driver.button('Begin').click();
      await page.getByRole('dialog').waitFor();
    },
    rotation: async () => {
      await driver.field('Access key ID').fill('AKIAQNZGKIQY56JQ7WMM');
      await driver.field('Secret access key').fill('b'.repeat(40));
      await driver.button('Keep the new key').click();
      await driver.button('The new key works').waitFor();
    },
    'commands-of-item': async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(web);
      await page.getByRole('option', { name: web }).last().waitFor();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('button', { name: web }).last().waitFor();
    },
  };
}

function comparison({ driver }) {
  const { page } = driver;
  return {
    compare: async () => {
      // From the steps of the item to all, and from there away.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await driver.row(web).click();
      await driver.button('Compare with EC2…').click();
      await page.getByRole('dialog').waitFor();
    },
    compared: async () => {
      const fingerprint = await driver.detail('awsCreated');
      const list = [
        { KeyName: 'demo-web', KeyFingerprint: fingerprint, KeyType: 'rsa', KeyPairId: 'key-0123' },
        { KeyName: 'of somebody else', KeyFingerprint: 'aa:bb', KeyType: 'rsa', KeyPairId: 'key-4567' },
      ];
      await driver.field('Key pairs of EC2').fill(JSON.stringify({ KeyPairs: list }));
      await driver.button('Compare').click();
      await driver.button('Another list').waitFor();
    },
  };
}

async function showTrash({ driver, report }) {
  await driver.button('Done').click();
  await driver.row(buildHost).click();
  await report.pictures({
    trashed: () => driver.button('Move to trash').click(),
    trash: async () => {
      await driver.goTo('Trash');
      await driver.row(buildHost).click();
      await driver.button('Delete for ever').waitFor();
    },
    'delete-question': async () => {
      await driver.button('Delete for ever').click();
      await driver.page.getByRole('alertdialog').waitFor();
    },
  });
  await driver.button('Cancel').click();
  await driver.button('Restore').click();
  await driver.goTo('All items');
  await driver.row(buildHost).waitFor();
}
