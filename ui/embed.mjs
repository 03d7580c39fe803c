// Writes the built pages as one C++ file: node embed.mjs DIST OUTPUT
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };
/** Compilers need not take longer literals, and a page that is longer should be split anyway. */
const MOST_BYTES = 65_000;
/** Lines of this many bytes keep the file readable to tools. */
const LINE_BYTES = 200;

function literal(bytes) {
  if (bytes.length > MOST_BYTES) throw new Error(`${bytes.length} bytes in one file of the pages: split it`);
  const lines = [];
  for (let at = 0; at < bytes.length; at += LINE_BYTES)
    lines.push(`    "${[...bytes.subarray(at, at + LINE_BYTES)].map(escaped).join('')}"`);
  return lines.length === 0 ? '    ""' : lines.join('\n');
}
/** Three octal digits end by themselves, whatever follows; a question mark may begin a trigraph. */
function escaped(byte) {
  const is_plain = byte >= 0x20 && byte < 0x7f && !['"', '\\', '?'].includes(String.fromCharCode(byte));
  return is_plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}

const [dist, output] = process.argv.slice(2);
const names = ['index.html', ...readdirSync(join(dist, 'assets')).sort().map(name => `assets/${name}`)];
const arrays = [], entries = [];
names.forEach((name, at) => {
  const bytes = readFileSync(join(dist, name));
  const small = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`no content type for ${name}`);
  arrays.push(`constexpr char plain_${at}[] =\n${literal(bytes)};`, `constexpr char brotli_${at}[] =\n${literal(small)};`);
  entries.push(`        {"/${name}", "${type}", bytes_of(plain_${at}), bytes_of(brotli_${at})},`);
});
writeFileSync(output, `// Made from ui/ by ui/embed.mjs.
#include "assets.h"

namespace konseki::server {
namespace {

${arrays.join('\n')}

template <std::size_t N>
Bytes bytes_of(const char (&text)[N]) {
    return as_bytes(std::string_view(text, N - 1));
}

}  // namespace

std::span<const Asset> assets() {
    static const Asset all[] = {
${entries.join('\n')}
    };
    return all;
}

}  // namespace konseki::server
`);
