import type * as z from 'zod';

type Schema = z.core.$ZodType;

/**
 * Whether something else than a plain object stands where a schema expects an object: bytes, a date, a list. Zod would take a date for
 * an empty object, and list every byte as an unknown member: a page that sends 50 MB would hold the main process up for minutes, and
 * take gigabytes. Looks at the members that the schema knows, and no others.
 *
 * @param schema - Of a request.
 * @param value - As it came.
 */
export function hasStrangeObject(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const known = unwrapped(schema);
  const { def } = known._zod;
  if (def.type === 'object') {
    if (!isPlain(value)) return true;
    const { shape } = def as z.core.$ZodObjectDef;
    return Object.entries(shape).some(([name, member]) =>
      hasStrangeObject(member, (value as Record<string, unknown>)[name]),
    );
  }
  if (def.type === 'union')
    return (def as z.core.$ZodUnionDef).options.every((option) => hasStrangeObject(option, value));
  if (ArrayBuffer.isView(value)) return false;
  if (def.type === 'array' && Array.isArray(value)) {
    const { element } = def as z.core.$ZodArrayDef;
    return value.some((entry) => hasStrangeObject(element, entry));
  }
  if (def.type === 'record') {
    const { valueType } = def as z.core.$ZodRecordDef;
    return Object.values(value).some((entry) => hasStrangeObject(valueType, entry));
  }
  return false;
}

/** Whether an object is made of members and nothing else: no list, no bytes, no date. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The schema inside of those that only say what may stand in its place, or what happens afterwards. */
function unwrapped(schema: Schema): Schema {
  const { def } = schema._zod;
  if ('innerType' in def) return unwrapped(def.innerType as Schema);
  return def.type === 'pipe' ? unwrapped((def as z.core.$ZodPipeDef).in) : schema;
}
