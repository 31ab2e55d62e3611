// Which strings that look like a token are still in a page's JavaScript heap after garbage collection, and what holds
// them. Over Chromium's DevTools protocol.
import type { CDPSession, Page } from 'puppeteer-core';

interface Snapshot {
  snapshot: {
    meta: { node_fields: string[]; edge_fields: string[]; node_types: [string[]]; edge_types: [string[]] };
  };
  nodes: number[];
  edges: number[];
  strings: string[];
}

/**
 * The ways from the heap's root to each string that the pattern matches: no ways, no token. Weak references do not
 * hold anything. A snapshot has the first 1,024 characters of a string, so keep bodies short.
 */
export async function waysToStrings(page: Page, pattern: RegExp): Promise<string[]> {
  const session = await page.createCDPSession();
  try {
    return findWays(await takeSnapshot(session), pattern);
  } finally {
    await session.detach();
  }
}

async function takeSnapshot(session: CDPSession): Promise<Snapshot> {
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false, captureNumericValue: false });
  await session.send('HeapProfiler.disable');
  return JSON.parse(chunks.join('')) as Snapshot;
}

function findWays({ snapshot, nodes, edges, strings }: Snapshot, pattern: RegExp): string[] {
  const { meta } = snapshot;
  const nodeSize = meta.node_fields.length;
  const edgeSize = meta.edge_fields.length;
  const [name, edgeCount] = ['name', 'edge_count'].map((field) => meta.node_fields.indexOf(field)) as [
    number,
    number,
  ];
  const [edgeType, edgeName, edgeTo] = ['type', 'name_or_index', 'to_node'].map((field) =>
    meta.edge_fields.indexOf(field),
  ) as [number, number, number];
  const edgeTypes = meta.edge_types[0];
  const wanted = new Set(strings.flatMap((text, index) => (pattern.test(text) ? index : [])));

  const firstEdges = new Uint32Array(nodes.length / nodeSize + 1);
  for (let node = 0; node < firstEdges.length - 1; node += 1) {
    firstEdges[node + 1] = firstEdges[node]! + nodes[node * nodeSize + edgeCount]! * edgeSize;
  }
  // Breadth first from the root, so that each node is reached by a shortest way.
  const from = new Map<number, [node: number, label: string] | undefined>([[0, undefined]]);
  for (const node of from.keys()) {
    const index = node / nodeSize;
    for (let edge = firstEdges[index]!; edge < firstEdges[index + 1]!; edge += edgeSize) {
      const type = edgeTypes[edges[edge + edgeType]!];
      const to = edges[edge + edgeTo]!;
      if (type === 'weak' || from.has(to)) continue;
      const isNumbered = type === 'element' || type === 'hidden';
      const label = edges[edge + edgeName]!;
      from.set(to, [node, isNumbered ? `[${label}]` : (strings[label] ?? '')]);
    }
  }
  const ways: string[] = [];
  for (let node = 0; node < nodes.length; node += nodeSize) {
    if (!wanted.has(nodes[node + name]!) || !from.has(node)) continue;
    const way: string[] = [];
    for (let step = from.get(node); step; step = from.get(step[0])) {
      way.unshift(`${(strings[nodes[step[0] + name]!] ?? '').slice(0, 30)}.${step[1]}`);
    }
    ways.push(way.slice(-8).join(' '));
  }
  return ways;
}
