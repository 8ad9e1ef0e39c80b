/** better-sqlite3 ships addons for Node-API 10; this runtime has 9, so its own build (beside this file) is loaded instead. */
const path = require('node:path');

const { dlopen } = process;
process.dlopen = function (module, filename, ...rest) {
  const own = /[\\/]better-sqlite3[\\/]prebuilds[\\/]/.test(filename);
  return dlopen.call(this, module, own ? path.join(__dirname, 'better_sqlite3.node') : filename, ...rest);
};
