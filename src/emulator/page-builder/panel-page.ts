export async function panelPage(_: object): Promise<{ html: string; policy: string }> { return { html: '', policy: "default-src 'self'" }; }
