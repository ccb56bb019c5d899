// SHA-256, from which keys are derived. crypto.subtle is asynchronous, and pages without HTTPS do not have it.

/** Returns the SHA-256 hash of a text in UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  const bytes = utf8(text);
  const bits = bytes.length * 8;
  bytes.push(0x80);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (const half of [bits / 2 ** 32, bits])
    bytes.push(
      half >>> 24,
      (half >>> 16) & 255,
      (half >>> 8) & 255,
      half & 255,
    );
  const digest = new Int32Array(initialHash);
  for (let from = 0; from < bytes.length; from += 64)
    addBlock(digest, bytes.slice(from, from + 64));
  return Array.from(digest, hex32).join("");
}

/** Adds a block of 64 bytes to a digest. */
function addBlock(digest: Int32Array, bytes: readonly number[]): void {
  const words = schedule(bytes);
  const [ha = 0, hb = 0, hc = 0, hd = 0, he = 0, hf = 0, hg = 0, hh = 0] =
    digest;
  let [a, b, c, d, e, f, g, h] = [ha, hb, hc, hd, he, hf, hg, hh];
  rounds.forEach((constant, i) => {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const x = (h + s1 + choice + constant + (words[i] ?? 0)) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e] = [g, f, e, (d + x) | 0];
    [d, c, b, a] = [c, b, a, (x + s0 + majority) | 0];
  });
  digest.set([ha + a, hb + b, hc + c, hd + d, he + e, hf + f, hg + g, hh + h]);
}

/** Returns the words of a block, and those that follow from them. */
function schedule(bytes: readonly number[]): Int32Array {
  const words = new Int32Array(64);
  bytes.forEach((byte, i) => {
    words[i >> 2] = ((words[i >> 2] ?? 0) << 8) | byte;
  });
  const back = (i: number, n: number): number => words[i - n] ?? 0;
  for (let i = 16; i < 64; i++) {
    const x = back(i, 15);
    const y = back(i, 2);
    const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
    const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
    words[i] = back(i, 16) + s0 + back(i, 7) + s1;
  }
  return words;
}

/** Returns a word rotated to the right. */
function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function hex32(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** Returns a text in UTF-8. Halves of surrogate pairs are encoded as they are, so that different texts stay different. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const c = character.codePointAt(0) ?? 0;
    const next = (shift: number): number => 0x80 | ((c >> shift) & 0x3f);
    if (c < 0x80) bytes.push(c);
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), next(0));
    else if (c < 0x1_0000) bytes.push(0xe0 | (c >> 12), next(6), next(0));
    else bytes.push(0xf0 | (c >> 18), next(12), next(6), next(0));
  }
  return bytes;
}

const initialHash = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
  0x1f83d9ab, 0x5be0cd19,
];

const rounds = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
  0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
  0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];
