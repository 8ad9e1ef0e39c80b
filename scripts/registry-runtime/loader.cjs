/** Stands in for the default_app.asar that the registry runtime lacks: finds the app in the arguments and loads it. */
const { app } = require('electron');
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
require('./sqlite-redirect.cjs');

const isApp = (value) => !value.startsWith('-') && fs.existsSync(path.join(value, 'package.json'));
const folder = path.resolve(process.argv.slice(1).find(isApp) ?? '.');
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
// Not in the documented types; Electron's own default app calls them.
app['setVersion'](manifest.version);
app['setAppPath'](folder);
import(pathToFileURL(path.join(folder, manifest.main)).href).catch((error) => {
  console.error(error);
  app.exit(1);
});
