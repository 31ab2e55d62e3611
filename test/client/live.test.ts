// Live updates without an element: real sockets, and a clock that only the tests move on.
import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { openLive, type LiveOptions, type TokenSource } from '../../src/client/index.js';
import type { LiveConnection, LiveStep } from '../support/live-endpoint.js';
import { backend, working } from '../support/page.js';

const live = backend.replace('http', 'ws');

/** Of the browser, also while the clock stands still. */
const moment = (
  (wait) => () =>
    new Promise<void>((resolve) => wait(resolve, 10))
)(setTimeout.bind(window));
const request = fetch.bind(window);
const tokenOf = async (id: number) => (await (await request(`/token/text/${id}`)).text()).trim();

const controllers: AbortController[] = [];
afterEach(() => {
  for (const controller of controllers.splice(0)) controller.abort();
  sinon.restore();
});

/** Follows a server that plays the steps, as customer 1; a list of steps for each connection. */
function follow(play: LiveStep[][], options: Partial<LiveOptions> = {}, more = '') {
  const key = crypto.randomUUID();
  const heard: unknown[] = [];
  const controller = new AbortController();
  controllers.push(controller);
  const liveUrl = `${live}/live?key=${key}&play=${encodeURIComponent(JSON.stringify(play))}${more}`;
  const tokens: string[] = [];
  const tokenSource: TokenSource = async () => {
    const token = await tokenOf(1);
    tokens.push(token);
    return token;
  };
  const ended = openLive(
    { ...working, tokenSource, liveUrl, customerId: 1, ...options },
    {
      onData: (data) => heard.push(data),
      onDoubt: () => heard.push('doubt'),
      onSignedOut: (wasAccepted) => heard.push(wasAccepted ? 'signed out' : 'refused'),
    },
    controller.signal,
  );
  // An abort is heard by the tests that are about it.
  ended.catch(() => undefined);
  const log = async () => (await (await request(`${backend}/live-log/${key}`)).json()) as LiveConnection[];
  return { heard, tokens, controller, ended, log };
}

const dataFor = (customerId: number, text: string) => ({ type: 'data', customerId, data: { text } });

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await moment();
}

describe('openLive', () => {
  it('says who is there in the first message, and nothing in the address', async () => {
    const { log, tokens, heard, ended } = follow([[dataFor(1, 'pushed'), 4403]]);
    await ended;
    const [connection] = await log();
    expect(connection?.messages.map((message) => JSON.parse(message) as unknown)).to.deep.equal([
      { type: 'authenticate', token: tokens[0] },
    ]);
    expect(connection?.address).to.match(/^\/live\?key=[\w-]+&play=[^&]+$/);
    expect(heard).to.deep.equal([{ text: 'pushed' }]);
  });

  it('puts the token into the address with the query transport, and sends no message', async () => {
    const steps = [[dataFor(1, 'pushed'), 4403]];
    const { log, tokens, heard, ended } = follow(steps, { transport: 'query' });
    await ended;
    const [connection] = await log();
    expect(connection?.messages).to.deep.equal([]);
    expect(connection?.address.endsWith(`&token=${tokens[0]}`)).to.equal(true);
    expect(heard).to.deep.equal([{ text: 'pushed' }]);
  });

  it('has doubts about a message for another customer, and does not show it', async () => {
    const { heard, log } = follow([[dataFor(2, 'for somebody else'), dataFor(1, 'too late')]]);
    await until(async () => (await log())[0]?.isOpen === false);
    expect(heard).to.deep.equal(['doubt']);
  });

  for (const [who, token, transport] of [
    ['another customer', () => tokenOf(2), undefined],
    ['a guest', () => Promise.resolve(null), undefined],
    ['another customer', () => tokenOf(2), 'query'],
  ] as const) {
    it(`sends no token when ${who} is there now (${transport ?? 'first message'})`, async () => {
      const { heard, log } = follow([[dataFor(1, 'never')]], { tokenSource: token, transport });
      await until(() => heard.length > 0);
      await moment();
      expect(heard).to.deep.equal(['doubt']);
      expect((await log()).flatMap(({ messages }) => messages)).to.deep.equal([]);
    });
  }

  it('drops what makes no sense, and what is longer than 2 MB', async () => {
    const junk = ['', 'null', '[]', '{', '7', '{"type":"data","customerId":1,"data":[1]}'];
    const other = [
      { type: 'pong' },
      { type: 'news', customerId: 1, data: {} },
      { type: 'data', customerId: 1 },
    ];
    const { heard, ended } = follow([[...junk, ...other, dataFor(1, 'LONG'), dataFor(1, 'the end'), 4403]]);
    await ended;
    expect(heard).to.deep.equal([{ text: 'the end' }]);
  });

  it('takes null for data, which is no data any more', async () => {
    const { heard, ended } = follow([[{ type: 'data', customerId: 1, data: null }, 4403]]);
    await ended;
    expect(heard).to.deep.equal([null]);
  });

  it('ends with 4401, and says whether there had been data', async () => {
    const accepted = follow([[dataFor(1, 'pushed'), 4401]]);
    const refused = follow([[4401]]);
    await Promise.all([accepted.ended, refused.ended]);
    expect(accepted.heard).to.deep.equal([{ text: 'pushed' }, 'signed out']);
    expect(refused.heard).to.deep.equal(['refused']);
  });

  it('ends with 4403, and says nothing', async () => {
    const { heard, ended, log } = follow([[4403]]);
    await ended;
    expect(heard).to.deep.equal([]);
    expect(await log()).to.have.lengthOf(1);
  });

  for (const liveUrl of ['ws://example.com/live', 'https://example.com/live', '/live', 'wss://', '']) {
    it(`is misconfigured with the address "${liveUrl}", and asks for no token`, async () => {
      const { ended, tokens } = follow([], { liveUrl });
      const error: unknown = await ended.catch((reason: unknown) => reason);
      expect(error).to.include({ name: 'CustomerWidgetError', code: 'misconfigured' });
      expect((error as Error).message).to.contain('live-url must start with wss://');
      expect(tokens).to.deep.equal([]);
    });
  }

  it('opens nothing when it is aborted before it began', async () => {
    const { controller, ended, log } = follow([[dataFor(1, 'never')]]);
    controller.abort();
    await ended;
    expect(await log()).to.deep.equal([]);
  });

  it('closes the connection when it is aborted', async () => {
    const { controller, ended, heard, log } = follow([[dataFor(1, 'pushed')]]);
    await until(() => heard.length === 1);
    expect((await log())[0]?.isOpen).to.equal(true);
    controller.abort();
    await ended;
    await until(async () => (await log())[0]?.isOpen === false);
    expect(await log()).to.have.lengthOf(1);
  });

  describe('in time', () => {
    let clock: sinon.SinonFakeTimers;
    beforeEach(() => {
      // No jitter: the longest waits.
      sinon.stub(Math, 'random').returns(0);
      clock = sinon.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
      });
    });

    /** Asserts that the next connection comes after so many milliseconds, and not before. */
    async function comesAfter(
      wait: number,
      { log }: ReturnType<typeof follow>,
      count: number,
    ): Promise<void> {
      await until(async () => (await log())[count - 2]?.isOpen === false);
      await until(() => clock.countTimers() === 1);
      await clock.tickAsync(wait - 1);
      await moment();
      expect(await log()).to.have.lengthOf(count - 1);
      await clock.tickAsync(1);
      await until(async () => (await log()).length === count);
    }

    it('comes back later each time that it is not let in, and soon after it was; each time with a new token', async () => {
      const line = follow([[0], [0], [0], [dataFor(1, 'at last'), 0], [4403]]);
      await comesAfter(2000, line, 2);
      await comesAfter(4000, line, 3);
      await comesAfter(8000, line, 4);
      await comesAfter(1000, line, 5);
      await line.ended;
      expect(line.heard).to.deep.equal([{ text: 'at last' }]);
      expect(line.tokens).to.have.lengthOf(5);
    });

    it('stops waiting when it is aborted', async () => {
      const { controller, ended, log } = follow([[0]]);
      await until(async () => (await log())[0]?.isOpen === false);
      await until(() => clock.countTimers() === 1);
      controller.abort();
      expect(await ended.catch((reason: unknown) => reason)).to.have.property('name', 'AbortError');
      await clock.tickAsync(60_000);
      expect(await log()).to.have.lengthOf(1);
    });

    it('asks a connection that is silent for 20 seconds, and gives it up 20 seconds later', async () => {
      const line = follow([[dataFor(1, 'pushed')]]);
      await until(() => line.heard.length === 1);
      // The data was a sign of life: the first 20 seconds only ask.
      await clock.tickAsync(20_000);
      await until(async () => (await line.log())[0]?.messages[1] === '{"type":"ping"}');
      expect((await line.log())[0]?.isOpen).to.equal(true);
      await clock.tickAsync(20_000);
      await comesAfter(1000, line, 2);
    });

    it('keeps a connection that answers', async () => {
      const { heard, log } = follow([[dataFor(1, 'pushed')]], {}, '&pong');
      await until(() => heard.length === 1);
      for (let pings = 1; pings <= 4; pings += 1) {
        await clock.tickAsync(20_000);
        await until(async () => (await log())[0]?.messages.length === 1 + pings);
        // Until the answer has come, too.
        for (let wait = 0; wait < 5; wait += 1) await moment();
      }
      expect((await log()).map(({ isOpen }) => isOpen)).to.deep.equal([true]);
    });
  });
});
