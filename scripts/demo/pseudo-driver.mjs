/** Lets the demo's steps, which name things as the English app does, find them in the pseudo-language. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PseudoWords, englishOf } from '../lib/pseudo.ts';
import { root } from '../lib/steps.mjs';

const finders = ['getByRole', 'getByLabel', 'getByText', 'getByTitle', 'filter', 'locator'];
const navigators = ['first', 'last', 'nth', 'and', 'or'];

/**
 * From now on, whatever is looked for in the app's page by an English name is found by that or by its name in the pseudo-language.
 *
 * @param {import('../../test/support/app-driver.ts').AppDriver} driver - Of an app from buildPseudoApp.
 */
export function speakPseudo(driver) {
  const words = new PseudoWords(JSON.parse(readFileSync(path.join(root, 'preload/words/en.json'), 'utf8')));
  let page = driver.page;
  Object.defineProperty(driver, 'page', { get: () => found(page, words), set: (next) => (page = next) });
  const otherWindow = driver.otherWindow.bind(driver);
  driver.otherWindow = async (trigger) => found(await otherWindow(trigger), words);
  for (const name of ['answerFileDialog', 'acceptFileDialog', 'cancelFileDialog']) {
    const answer = driver[name].bind(driver);
    driver[name] = (title, ...args) => answer(posix(words.whole(title)), ...args);
  }
  const answerQuestion = driver.answerReplaceQuestion.bind(driver);
  driver.answerReplaceQuestion = (isYes, title = 'Replace file') => answerQuestion(isYes, posix(words.whole(title)));
}

/** A pattern of {@link PseudoWords} as xdotool reads it, which puts its own ends around it. */
function posix({ source }) {
  return source
    .replace(/^\^|\$$/g, '')
    .replaceAll('(?:', '(')
    .replaceAll('\\s*', ' *')
    .replaceAll('.*?', '.*');
}

/**
 * From now on, the entries of the tray's menu are told in English.
 *
 * @param {import('../../test/support/tray-panel.ts').TrayPanel} panel - Of an app from buildPseudoApp.
 */
export function readPseudo(panel) {
  const layout = panel.layout.bind(panel);
  const inEnglish = (entries) =>
    entries.map((entry) => ({ ...entry, label: englishOf(entry.label), children: inEnglish(entry.children) }));
  panel.layout = async () => {
    const entries = await layout();
    return entries === null ? null : inEnglish(entries);
  };
}

/** A page or a locator, and all locators that come from it. */
function found(target, words) {
  return new Proxy(target, {
    get: (_, /** @type {string} */ name) => {
      const member = target[name];
      if (typeof member !== 'function') return member;
      if (finders.includes(name)) return (...args) => found(member.apply(target, translated(name, args, words)), words);
      if (navigators.includes(name)) return (...args) => found(member.apply(target, args), words);
      return member.bind(target);
    },
  });
}

function translated(finder, args, words) {
  const [what, options = {}] = /** @type {any[]} */ (args);
  const pattern = (text, isExact) => {
    // Of patterns there are only several texts.
    if (text instanceof RegExp)
      return new RegExp(
        text.source
          .split('|')
          .map((one) => words.part(one).source)
          .join('|'),
        'is',
      );
    if (typeof text !== 'string') return text;
    return isExact ? words.whole(text) : words.part(text);
  };
  if (finder === 'locator') return [what, options];
  if (finder === 'filter') return [{ ...what, hasText: pattern(what.hasText, false) }];
  if (finder === 'getByRole') return [what, { ...options, name: pattern(options.name, options.exact) }];
  return [pattern(what, options.exact)];
}
