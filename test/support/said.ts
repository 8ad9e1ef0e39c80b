import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** A text in a source. */
export interface FoundText {
  readonly file: string;
  /** Values in it are `${}`. */
  readonly text: string;
}

/** A message that is asked for: `say('key', {…})`, `sayFirst` of the same or `<Said key="key" …>`. */
export interface AskedMessage {
  readonly file: string;
  readonly key: string;
  /** Names of its values; null where they are not written down at that place. */
  readonly values: readonly string[] | null;
  /** True if it depends which message is asked for: the values are those of all of them. */
  readonly isOneOfSome: boolean;
}

/** What a source holds. */
export interface Source {
  /** What is or looks like words for people. */
  readonly texts: FoundText[];
  readonly asked: AskedMessage[];
  /** Values that are given where the key is worked out: it comes from a table, or from an argument. */
  readonly askedByTable: Pick<AskedMessage, 'file' | 'values'>[];
  /** All strings, for keys of messages that reach `say` through a table. */
  readonly strings: Set<string>;
}

// Attributes and properties of parts that are shown or read out.
const shownAttributes =
  /^(alt|aria-(label|description|placeholder|roledescription|valuetext)|busyLabel|\w*[lL]abel|description|help|hint|legend|note|placeholder|subtitle|text|title|unit)$/;
// Text, expressions in braces and blocks of Svelte; everything else in its tree is JavaScript.
const ofSvelte =
  /^(Fragment|Text|Comment|Component|Attribute|Root|\w+(Tag|Block|Element|Directive|Attribute)|Svelte\w+|SlotElement|TitleElement)$/;
const letter = /\p{L}/u;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly data?: string;
  readonly attributes?: readonly Node[];
  readonly value?: unknown;
  readonly expression?: Node;
}

/**
 * Reads the sources of a part of the app.
 *
 * @param root - Folder of the project.
 * @param folder - Folder to look through, below it.
 * @param isLeftOut - For files, by their path from the root.
 */
export function readSources(root: string, folder: string, isLeftOut: (file: string) => boolean): Source {
  const source = noSource();
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  for (const file of names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`).sort()) {
    if (/[.](svelte|ts)$/.test(file) && !isLeftOut(file)) {
      readSource(file, readFileSync(path.join(root, file), 'utf8'), source);
    }
  }
  return source;
}

/** What nothing was read into yet. */
export function noSource(): Source {
  return { texts: [], asked: [], askedByTable: [], strings: new Set() };
}

/**
 * Reads one source.
 *
 * @param file - Its name: a component ends in `.svelte`.
 * @param code - Its text.
 * @param source - Gets what is found.
 */
export function readSource(file: string, code: string, source: Source): void {
  if (!file.endsWith('.svelte')) {
    readScript(file, code, source);
    return;
  }
  const { instance, module, fragment } = parse(code, { modern: true });
  for (const script of [instance, module]) {
    if (script) readScript(file, code.slice(...rangeOf(script.content as unknown as Node)), source);
  }
  readMarkup(fragment as unknown as Node, false);

  function readMarkup(node: Node, isShown: boolean): void {
    if (node.type === 'Text') {
      const text = (node.data ?? '').trim();
      source.strings.add(text);
      if (isShown && letter.test(text)) source.texts.push({ file, text });
      return;
    }
    if (node.type === 'Component' && node.name === 'Said') readSaid(node);
    if (node.type === 'ExpressionTag') {
      readScript(file, `(${code.slice(...rangeOf(node.expression ?? node))})`, source, isShown);
      return;
    }
    const isFragment = node.type === 'Fragment';
    const isAttribute = node.type === 'Attribute';
    const isShownInside = isFragment || (isAttribute && shownAttributes.test(node.name ?? ''));
    for (const inner of nodesIn(node)) {
      if (ofSvelte.test(inner.type)) readMarkup(inner, isShownInside);
      else readScript(file, `(${code.slice(...rangeOf(inner))})`, source);
    }
  }

  function readSaid({ attributes = [] }: Node): void {
    const written = (name: string) => {
      const found = attributes.find((attribute) => attribute.name === name);
      return found === undefined ? '' : code.slice(...rangeOf(found)).slice(name.length + 1);
    };
    const key = /^"([^"]+)"$/.exec(written('key'))?.[1];
    const names = (text: string) => namesOf(scriptOf(`(${text.slice(1, -1)})`).statements[0]);
    const values = written('values') === '' ? [] : names(written('values'));
    const tags = written('tags') === '' ? [] : (names(written('tags')) ?? []);
    const asked = { file, values: values === null ? null : [...values, ...tags] };
    if (key === undefined) source.askedByTable.push(asked);
    else source.asked.push({ ...asked, key, isOneOfSome: false });
  }
}

function readScript(file: string, code: string, source: Source, isShown = false): void {
  const script = scriptOf(code);
  const shown = new Set<ts.Node>(isShown ? script.statements.flatMap(resultsOf) : []);
  const read = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    // For developers: nobody sees them.
    if (ts.isNewExpression(node) && /^(Range|Type)?Error$/.test(node.expression.getText())) return;
    if (ts.isCallExpression(node) && /^say(First)?$/.test(node.expression.getText())) readCall(node);
    if (ts.isStringLiteralLike(node)) {
      source.strings.add(node.text);
      if (looksLikeWords(node.text) || (shown.has(node) && letter.test(node.text))) add(node.text);
    } else if (ts.isTemplateExpression(node)) {
      const text = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('${}');
      if (looksLikeWords(text)) add(text);
    }
    ts.forEachChild(node, read);
  };
  const add = (text: string) => source.texts.push({ file, text });
  const readCall = ({ arguments: [first, second] }: ts.CallExpression) => {
    const values = second === undefined ? [] : namesOf(second);
    const keys = first === undefined ? [] : keysOf(first);
    if (keys.includes(null)) source.askedByTable.push({ file, values });
    const known = keys.filter((key) => key !== null);
    source.asked.push(...known.map((key) => ({ file, key, values, isOneOfSome: keys.length > 1 })));
  };
  ts.forEachChild(script, read);
}

/** A sentence, a label or a piece of one. What begins small, has no space and no value is as likely a name in the program. */
function looksLikeWords(text: string): boolean {
  if (!letter.test(text)) return false;
  const hasTwoWords = /\p{L}[,.:;!?]?\s+[“(]?\p{L}/u.test(text);
  const isPiece = /\$\{\}[,.:;]?\s+\p{L}/u.test(text) || (!text.includes('${}') && text !== text.trim());
  return hasTwoWords || isPiece || /^\P{L}*\p{Lu}\p{Ll}/u.test(text) || /[’“”…]/.test(text);
}

/** Strings that an expression can come to. */
function resultsOf(node: ts.Node): ts.Node[] {
  if (ts.isExpressionStatement(node) || ts.isParenthesizedExpression(node)) return resultsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(resultsOf);
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(resultsOf);
  return ts.isStringLiteralLike(node) ? [node] : [];
}

/** Keys of messages that an expression can come to; null for one that is not written down there. */
function keysOf(node: ts.Node): (string | null)[] {
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(keysOf);
  return [ts.isStringLiteralLike(node) ? node.text : null];
}

/** Names of the members of an object that is written out; null if it is not. */
function namesOf(node: ts.Node | undefined): string[] | null {
  if (node === undefined) return null;
  if (ts.isExpressionStatement(node) || ts.isParenthesizedExpression(node)) return namesOf(node.expression);
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names = node.properties.map(({ name }) => name?.getText());
  return names.includes(undefined) ? null : (names as string[]);
}

function nodesIn(node: Node): Node[] {
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
  const left = ['metadata', 'parent', 'name_loc', 'loc', 'options', 'css'];
  return (Object.entries(node) as [string, unknown][])
    .filter(([name]) => !left.includes(name))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode);
}

function scriptOf(code: string): ts.SourceFile {
  return ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true);
}

function rangeOf({ start, end }: Node): [number, number] {
  return [start, end];
}
