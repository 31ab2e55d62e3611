// /v3/customers/attributes and /attribute-values: what a merchant adds to a customer.
import { Hono, type Context } from 'hono';

interface Attribute {
  id: number;
  name: string;
  type: string;
}

interface AttributeValue {
  id: number;
  attribute_id: number;
  attribute_value: string;
  customer_id: number;
  date_created: string;
  date_modified: string;
}

interface AttributeToWrite {
  name?: unknown;
  type?: unknown;
}

interface ValueToWrite {
  attribute_id?: unknown;
  customer_id?: unknown;
  value?: unknown;
}

/** The platform's limits. */
const maximumAttributes = 50;
const maximumValuesPerCall = 10;
const maximumLength = 255;

export function createAttributeRoutes(): Hono {
  const app = new Hono();
  const attributes: Attribute[] = [];
  const values: AttributeValue[] = [];

  app.get('/attributes', (context) => {
    const name = context.req.query('name');
    return list(context, name === undefined ? attributes : attributes.filter((one) => one.name === name));
  });

  app.post('/attributes', async (context) => {
    const wanted: AttributeToWrite[] = await context.req.json();
    const created: Attribute[] = [];
    for (const { name, type } of wanted) {
      if (typeof name !== 'string' || name === '' || !['string', 'number', 'date'].includes(String(type))) {
        return unprocessable(context, 'An attribute needs a name and a type.');
      }
      if (attributes.some((one) => one.name === name)) {
        return unprocessable(context, 'An attribute with this name exists.');
      }
      if (attributes.length >= maximumAttributes) {
        return unprocessable(context, `A store has at most ${maximumAttributes} attributes.`);
      }
      const attribute = { id: attributes.length + 1, name, type: String(type) };
      attributes.push(attribute);
      created.push(attribute);
    }
    return list(context, created);
  });

  app.get('/attribute-values', (context) => {
    const customers = idList(context.req.query('customer_id:in'));
    const wanted = idList(context.req.query('attribute_id:in'));
    const name = context.req.query('name');
    return list(
      context,
      values.filter(
        (value) =>
          (!customers || customers.includes(value.customer_id)) &&
          (!wanted || wanted.includes(value.attribute_id)) &&
          (name === undefined || attributes.find(({ id }) => id === value.attribute_id)?.name === name),
      ),
    );
  });

  app.put('/attribute-values', async (context) => {
    const wanted: ValueToWrite[] = await context.req.json();
    if (wanted.length > maximumValuesPerCall) {
      return unprocessable(context, `At most ${maximumValuesPerCall} values in a call.`);
    }
    const written: AttributeValue[] = [];
    for (const { attribute_id: attributeId, customer_id: customerId, value } of wanted) {
      const attribute = attributes.find(({ id }) => id === attributeId);
      if (!attribute || !Number.isInteger(customerId) || typeof value !== 'string') {
        return unprocessable(
          context,
          'A value needs attribute_id, customer_id and a value that is a string.',
        );
      }
      if (value.length > maximumLength) {
        return unprocessable(context, `A value has at most ${maximumLength} characters.`);
      }
      written.push(write(attribute.id, Number(customerId), value));
    }
    return list(context, written);
  });

  function write(attributeId: number, customerId: number, text: string): AttributeValue {
    const now = new Date().toISOString();
    const found = values.find((one) => one.attribute_id === attributeId && one.customer_id === customerId);
    if (found) return Object.assign(found, { attribute_value: text, date_modified: now });
    const value = {
      id: values.length + 1,
      attribute_id: attributeId,
      attribute_value: text,
      customer_id: customerId,
      date_created: now,
      date_modified: now,
    };
    values.push(value);
    return value;
  }

  return app;
}

/** Version 3 wraps its lists, in pages. */
function list(context: Context, found: readonly object[]) {
  const { limit = '50', page = '1' } = context.req.query();
  const start = (Number(page) - 1) * Number(limit);
  const data = found.slice(start, start + Number(limit));
  const totalPages = Math.max(1, Math.ceil(found.length / Number(limit)));
  const pagination = {
    total: found.length,
    count: data.length,
    per_page: Number(limit),
    current_page: Number(page),
    total_pages: totalPages,
  };
  return context.json({ data, meta: { pagination } });
}

function unprocessable(context: Context, title: string) {
  return context.json({ status: 422, title, type: 'about:blank', errors: {} }, 422);
}

function idList(value: string | undefined): number[] | undefined {
  return value?.split(',').map(Number);
}
