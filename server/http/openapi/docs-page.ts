import { type Endpoint, queryParameters } from '../../contract/endpoint.ts';
import { PROBLEM_STATUS } from '../../contract/problem.ts';
import { escapeHtml } from '../html.ts';
import { OPERATIONS, type openApiDocument } from './document.ts';

/** No script, nothing fetched from elsewhere. */
export function docsPage(document: ReturnType<typeof openApiDocument>): string {
  const tags = [...new Set(OPERATIONS.map((operation) => operation.tag))];
  const sections = tags.map((tag) => {
    const calls = OPERATIONS.filter((operation) => operation.tag === tag).map((operation) =>
      callOf(operation, document),
    );
    return `<section><h2>${tag}</h2>${calls.join('')}</section>`;
  });
  const codes = Object.entries(PROBLEM_STATUS).map(
    ([code, status]) => `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Dramascope API</title><style>${STYLE}</style></head><body><main>
<h1>Dramascope API</h1><p>The same document for programs: <a href="/api/v1/openapi.json">openapi.json</a>. Try <a href="/api/v1/catalog">the catalog</a>.</p>
${sections.join('')}
<section><h2>Problem codes</h2><table><tr><th>code</th><th>status</th></tr>${codes.join('')}</table></section>
</main></body></html>`;
}

function callOf(operation: Endpoint, document: ReturnType<typeof openApiDocument>): string {
  const described = document.paths[operation.path]?.[operation.method];
  const params = Object.keys(queryParameters(operation));
  return `<article><h3><code>${operation.method.toUpperCase()} ${escapeHtml(operation.path)}</code></h3>
<p>${escapeHtml(operation.summary)}. ${escapeHtml(operation.description)}</p>
${params.length > 0 ? `<p class="params">Parameters: ${params.map((name) => `<code>${escapeHtml(name)}</code>`).join(', ')}</p>` : ''}
<details><summary>Schemas</summary><pre>${escapeHtml(JSON.stringify(described, null, 2))}</pre></details></article>`;
}

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.6 system-ui, sans-serif; }
main { max-width: 880px; margin: 32px auto; padding: 0 16px; }
article { border-top: 1px solid color-mix(in srgb, currentColor 16%, transparent); padding: 8px 0; }
h1 { font-size: 28px; } h2 { font-size: 20px; margin-top: 32px; } h3 { font-size: 14px; margin: 8px 0 0; }
p { margin: 4px 0; } pre { overflow: auto; max-height: 480px; font-size: 12px; }
td, th { text-align: left; padding: 2px 16px 2px 0; }`;
