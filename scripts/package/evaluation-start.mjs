/**
 * First file of a package that is made with the evaluation runtime (as `out/main/evaluation/start.mjs`): says so to the app, which shows
 * it in its window, and has that runtime's own build of better-sqlite3 loaded. A module with a top-level await, because Electron
 * holds back `ready` until that is settled.
 */
process.env.COFFER_EVALUATION_RUNTIME = '1';
for (const file of ['./sqlite-redirect.cjs', '../index.js']) await import(new URL(file, import.meta.url).href);
