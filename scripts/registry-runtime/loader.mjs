/**
 * Stands in for the default_app.asar that the registry runtime lacks: finds the app in the arguments and loads it. A module
 * with a top-level await, because Electron holds back `ready` until that is settled.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import './sqlite-redirect.cjs';

const isApp = (value) => !value.startsWith('-') && fs.existsSync(path.join(value, 'package.json'));
const folder = path.resolve(process.argv.slice(1).find(isApp) ?? '.');
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
// Not in the documented types; Electron's own default app calls them.
app['setVersion'](manifest.version);
app['setAppPath'](folder);
await import(pathToFileURL(path.join(folder, manifest.main)).href);
