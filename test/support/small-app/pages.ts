const page = (name: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title></head>` +
  `<body>${body}<script type="module" src="./${name}.js"></script></body></html>`;

const securityKeyScript = `
const evaluate = async ({ challenge, prfSalt }, id) => {
  const publicKey = {
    challenge,
    rpId: 'coffer.localhost',
    userVerification: 'required',
    allowCredentials: [{ type: 'public-key', id }],
    extensions: { prf: { eval: { first: prfSalt } } },
  };
  const answer = await navigator.credentials.get({ publicKey });
  return new Uint8Array(answer.getClientExtensionResults().prf.results.first);
};
const enrol = async ({ challenge, userId, vaultName }) => {
  const publicKey = {
    challenge,
    rp: { id: 'coffer.localhost', name: 'Coffer' },
    user: { id: userId, name: vaultName, displayName: vaultName },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { userVerification: 'required' },
    extensions: { prf: {} },
  };
  return new Uint8Array((await navigator.credentials.create({ publicKey })).rawId);
};
document.querySelector('button').addEventListener('click', async () => {
  try {
    const { value: task } = await window.coffer.securityKey.task({});
    const credentialId = task.credentialId ?? (await enrol(task));
    const first = await evaluate(task, credentialId);
    const second = task.kind === 'enrol' ? await evaluate(task, credentialId) : null;
    await window.coffer.securityKey.report({ outcome: 'done', credentialId, first, second });
  } catch (error) {
    document.querySelector('output').textContent = error.name + ': ' + error.message;
  }
});`;

const sheetScript = `
const { value } = await window.coffer.sheet.content({});
document.querySelector('output').textContent = new TextDecoder().decode(value.code);`;

/** Pages that do no more than the steps of the real ones: what is tested with them is the windows, not the pages. */
export const smallPages: Readonly<Record<string, string>> = {
  'index.html': page('index', '<h1>Main</h1>'),
  'index.js': `window.coffer.on('menu:about', () => (document.querySelector('h1').textContent = 'About'));`,
  'security-key.html': page('security-key', '<button>Use key</button><output></output>'),
  'security-key.js': securityKeyScript,
  'sheet.html': page('sheet', '<h1>Recovery sheet</h1><output></output>'),
  'sheet.js': sheetScript,
};
