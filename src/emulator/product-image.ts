// Draws the sample products: one small picture each, so that pages look like a store without a photo in the package.

interface Drawing {
  background: string;
  shapes: string;
}

/** An SVG of 320 by 320 for a product of the sample store; undefined for any other id. */
export function productImage(productId: number): string | undefined {
  const drawing = DRAWINGS[productId];
  if (!drawing) return undefined;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 320 320">
<rect width="320" height="320" fill="${drawing.background}"/>
<ellipse cx="160" cy="262" rx="98" ry="12" fill="#000" opacity=".08"/>
${drawing.shapes.trim()}
</svg>
`;
}

const DRAWINGS: Record<number, Drawing> = {
  101: {
    background: '#dfe9e4',
    shapes: `
<path d="M206 142h22a34 34 0 0 1 0 68h-26" fill="none" stroke="#3f7d6c" stroke-width="16"/>
<path d="M94 108h118v112a40 40 0 0 1-40 40h-38a40 40 0 0 1-40-40z" fill="#4f9482"/>
<path d="M94 196h118v24a40 40 0 0 1-40 40h-38a40 40 0 0 1-40-40z" fill="#e9dcc6"/>
<ellipse cx="153" cy="108" rx="59" ry="13" fill="#2f5f52"/>
<path d="M112 136v52" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".35"/>`,
  },
  102: {
    background: '#efe6d8',
    shapes: `
<path d="M122 138V98a38 38 0 0 1 76 0v40" fill="none" stroke="#a0845a" stroke-width="11" stroke-linecap="round"/>
<path d="M88 126h144l14 134H74z" fill="#d8c3a0"/>
<path d="M88 126h144l2 20H86z" fill="#c5ac83"/>
<circle cx="122" cy="136" r="5" fill="#7d6542"/><circle cx="198" cy="136" r="5" fill="#7d6542"/>
<path d="M160 178c26 0 36 16 36 34-22 0-36-12-36-34zm0 0c-26 0-36 16-36 34 22 0 36-12 36-34z" fill="#8a9a6b"/>`,
  },
  103: {
    background: '#e3e4f0',
    shapes: `
<g transform="rotate(-7 160 170)">
<rect x="98" y="74" width="128" height="182" rx="8" fill="#f7f4ec"/>
<rect x="92" y="70" width="128" height="186" rx="8" fill="#47507f"/>
<path d="M92 78a8 8 0 0 1 8-8h14v186h-14a8 8 0 0 1-8-8z" fill="#343b61"/>
<rect x="134" y="104" width="66" height="40" rx="4" fill="#f0ead9"/>
<path d="M144 118h46M144 130h30" stroke="#47507f" stroke-width="4" stroke-linecap="round"/>
<path d="M206 70v186" stroke="#e08e5c" stroke-width="7"/></g>`,
  },
  104: {
    background: '#f4e7d3',
    shapes: `
<path d="M118 128 84 226h112z" fill="#fff3cf" opacity=".8"/>
<path d="m172 254-18-86 66-62-58-30" fill="none" stroke="#b08a3e" stroke-width="10" stroke-linejoin="round"/>
<circle cx="154" cy="168" r="9" fill="#7f612a"/><circle cx="220" cy="106" r="9" fill="#7f612a"/>
<path d="m158 62 26 26-36 56-60-38z" fill="#33515a"/>
<rect x="130" y="246" width="84" height="16" rx="8" fill="#33515a"/>`,
  },
  105: {
    background: '#f0e1de',
    shapes: `
<rect x="70" y="206" width="180" height="50" rx="22" fill="#b9776a"/>
<rect x="76" y="158" width="168" height="54" rx="22" fill="#d9b9a8"/>
<rect x="82" y="110" width="156" height="54" rx="22" fill="#c68f80"/>
<path d="M100 128h120M100 146h120M94 176h132M94 194h132M90 224h140M90 240h140" stroke="#fff" stroke-width="4" stroke-dasharray="10 8" opacity=".55"/>
<path d="M112 256v14m16-14v14m16-14v14m16-14v14m16-14v14m16-14v14m16-14v14" stroke="#8f574b" stroke-width="4"/>`,
  },
  106: {
    background: '#e4ecda',
    shapes: `
<g stroke="#fff" stroke-width="3"><rect x="74" y="174" width="56" height="84" rx="10" fill="#6d8a4e"/>
<rect x="132" y="174" width="56" height="84" rx="10" fill="#c9803f"/>
<rect x="190" y="174" width="56" height="84" rx="10" fill="#7a5a86"/>
<rect x="103" y="88" width="56" height="84" rx="10" fill="#b3493f"/>
<rect x="161" y="88" width="56" height="84" rx="10" fill="#3f7d88"/></g>
<path d="M82 190h40m18 0h40m18 0h40M111 104h40m18 0h40" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".7"/>
<path d="M102 232c-9-8-9-16 0-24 9 8 9 16 0 24zm58 0c-9-8-9-16 0-24 9 8 9 16 0 24zm58 0c-9-8-9-16 0-24 9 8 9 16 0 24zm-87-86c-9-8-9-16 0-24 9 8 9 16 0 24zm58 0c-9-8-9-16 0-24 9 8 9 16 0 24z" fill="#fff" opacity=".85"/>`,
  },
};
