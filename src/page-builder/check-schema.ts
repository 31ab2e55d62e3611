// Whether a `schema.json` has the shape that BigCommerce's own validator accepts: the same verdicts, in words.

/**
 * Checks the shape of a widget schema.
 *
 * The rules are those of BigCommerce's widget-builder (`schemaValidator/jsonSchema.ts`). They are wide: what
 * a schema should hold beyond them is the business of `lintWidgetTemplate`.
 *
 * @returns one sentence for each fault, beginning with where it is; empty when there is none
 * @see https://developer.bigcommerce.com/docs/storefront/widgets/input-reference/schema
 * @example
 * checkSchema([{ type: 'tab', label: 'Content', sections: [] }]); // []
 */
export function checkSchema(schema: unknown): string[] {
  const problems: string[] = [];
  elements(schema, 'schema', (problem) => problems.push(problem));
  return problems;
}

type Report = (problem: string) => void;
type Check = (value: unknown, at: string, report: Report) => void;
type Shape = Record<string, Check>;

const typeOf =
  (type: 'string' | 'number' | 'boolean'): Check =>
  (value, at, report) => {
    if (typeof value !== type) report(`${at} must be a ${type}.`);
  };
const string = typeOf('string');
const number = typeOf('number');
const boolean = typeOf('boolean');
const anything: Check = () => undefined;

const oneOf =
  (...allowed: string[]): Check =>
  (value, at, report) => {
    if (!allowed.includes(value as string)) report(`${at} must be ${allowed.join(' or ')}.`);
  };

const listOf =
  (check: Check): Check =>
  (value, at, report) => {
    if (!Array.isArray(value)) report(`${at} must be a list.`);
    else
      value.forEach((one, index) => {
        check(one, `${at}[${index}]`, report);
      });
  };

/** An object: keys of the shape are checked where they are there, those in `required` must be there. */
const objectOf =
  (shape: Shape, { required = [] as string[], isClosed = false } = {}): Check =>
  (value, at, report) => {
    if (!isObject(value)) {
      report(`${at} must be an object.`);
      return;
    }
    for (const key of required) if (!(key in value)) report(`${at} has no "${key}".`);
    for (const [key, one] of Object.entries(value)) {
      const check = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (check) check(one, `${at}.${key}`, report);
      else if (isClosed) report(`${at} must not have "${key}".`);
    }
  };

const closed = (shape: Shape, required: string[] = []) => objectOf(shape, { required, isClosed: true });

const measurement = closed({ value: string, type: string });

/** What a setting of each type may hold in `default` and in `typeMeta`. */
const SETTING_TYPES: Record<string, { default?: Check; typeMeta?: Shape }> = {
  alignment: {
    default: closed({
      horizontal: oneOf('left', 'right', 'center'),
      vertical: oneOf('top', 'bottom', 'middle'),
    }),
    typeMeta: { display: oneOf('horizontal', 'vertical', 'both') },
  },
  boolean: { default: boolean },
  boxModel: {
    default: closed({ top: measurement, right: measurement, bottom: measurement, left: measurement }),
  },
  code: { default: string, typeMeta: { language: oneOf('html') } },
  color: { default: string },
  element: { typeMeta: { controls: objectOf({}), advanced: objectOf({}) } },
  imageManager: {
    default: objectOf({ src: string, type: oneOf('NONE', 'URL', 'IMAGE_MANAGER', 'PRODUCT_IMAGE') }),
  },
  input: { default: string },
  number: {
    default: objectOf({ value: number, type: oneOf('px') }),
    typeMeta: { parseType: oneOf('integer', 'float') },
  },
  productId: {},
  productImage: { typeMeta: { reference: string } },
  range: {
    default: number,
    typeMeta: { rangeValues: objectOf({ min: number, max: number, step: number, unit: string }) },
  },
  regexInput: {
    default: string,
    typeMeta: { regExPatterns: listOf(closed({ pattern: string, matchIndex: number, configKey: string })) },
  },
  select: {
    default: string,
    typeMeta: { selectOptions: listOf(closed({ label: string, value: string })) },
  },
  text: {},
  toggle: {},
  typography: {},
  visibility: { default: oneOf('show', 'hide') },
};

const conditional = objectOf(
  { key: string, operator: oneOf('IN'), value: anything },
  { required: ['key', 'operator', 'value'] },
);

const setting: Check = (value, at, report) => {
  const type = isObject(value) ? value.type : undefined;
  const rules =
    typeof type === 'string' && Object.hasOwn(SETTING_TYPES, type) ? SETTING_TYPES[type] : undefined;
  if (isObject(value) && !rules) {
    report(`${at}.type must be one of ${Object.keys(SETTING_TYPES).join(', ')}.`);
  }
  const shape: Shape = { id: string, label: string, conditional };
  if (rules?.default) shape.default = rules.default;
  if (rules?.typeMeta) shape.typeMeta = objectOf(rules.typeMeta);
  objectOf(shape, { required: ['id'] })(value, at, report);
};

const section = closed({ label: string, settings: listOf(setting) });

const ELEMENTS: Record<string, Check> = {
  tab: closed({ type: anything, label: string, sections: listOf(section) }, ['label', 'sections']),
  array: closed(
    {
      type: anything,
      id: string,
      label: string,
      entryLabel: string,
      defaultCount: number,
      thumbnail: objectOf({}),
      schema: (value, at, report) => {
        elements(value, at, report);
      },
    },
    ['id', 'label', 'schema', 'entryLabel'],
  ),
  hidden: closed({ type: anything, settings: listOf(objectOf({ id: string }, { required: ['id'] })) }, [
    'settings',
  ]),
};

const elements: Check = listOf((value, at, report) => {
  const type = isObject(value) ? value.type : undefined;
  const check = typeof type === 'string' && Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (check) check(value, at, report);
  else report(`${at}.type must be ${Object.keys(ELEMENTS).join(' or ')}.`);
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
