// Checks the seal of a paper without asking anybody: keys that count and papers that ended stand in the page itself.
// The same rules as kiosk/services/paper_checking.py and kiosk/domain/paper_check.py; the format is docs/papers.md's.

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const MOST_LETTERS = 4096; // of a code that is read at all
const MOST_BYTES = 8192; // it may inflate to
const FRESH_DAYS = 7; // how old a list may be for its silence to say that a paper was not taken back
const DAY = 86400000;
const LONGEST_SIDE = 4000; // pixels of a photo that are looked at
const LOOK_EVERY = 250; // milliseconds between two looks at the camera

class Unreadable extends Error {}

// --- the code: base45 (RFC 9285), zlib (RFC 1950), CBOR (RFC 8949), COSE_Sign1 (RFC 9052)

function base45(text) {
  const out = [];
  for (let at = 0; at < text.length; at += 3) {
    const places = [...text.slice(at, at + 3)].map((letter) => LETTERS.indexOf(letter));
    if (places.length === 1 || places.includes(-1)) throw new Unreadable();
    const value = places.reduce((sum, place, index) => sum + place * 45 ** index, 0);
    if (value > (places.length === 3 ? 0xffff : 0xff)) throw new Unreadable();
    if (places.length === 3) out.push(value >> 8);
    out.push(value & 0xff);
  }
  return new Uint8Array(out);
}

async function inflated(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_BYTES) throw new Unreadable();
      parts.push(value);
    }
  } catch {
    throw new Unreadable();
  }
  return joined(parts, size);
}

function joined(parts, size) {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

class Cbor {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  static whole(bytes) {
    const reader = new Cbor(bytes);
    const value = reader.value(0);
    if (reader.at !== bytes.length) throw new Unreadable();
    return value;
  }

  value(depth) {
    if (depth > 8) throw new Unreadable();
    const head = this.byte();
    const kind = head >> 5;
    if (kind === 7) return this.simple(head & 31);
    const count = this.count(head & 31);
    if (kind === 0) return count;
    if (kind === 1) return -1 - count;
    if (kind === 2) return this.slice(count);
    if (kind === 3) return new TextDecoder("utf-8", { fatal: true }).decode(this.slice(count));
    if (kind === 4) return Array.from({ length: this.bounded(count) }, () => this.value(depth + 1));
    if (kind === 5) return this.map(this.bounded(count), depth);
    return { tag: count, value: this.value(depth + 1) };
  }

  map(count, depth) {
    const found = new Map();
    for (let number = 0; number < count; number += 1) found.set(this.value(depth + 1), this.value(depth + 1));
    return found;
  }

  simple(value) {
    if (value === 20 || value === 21) return value === 21;
    if (value === 22) return null;
    throw new Unreadable();
  }

  count(short) {
    if (short < 24) return short;
    if (short > 27) throw new Unreadable();
    let count = 0;
    for (let left = 1 << (short - 24); left > 0; left -= 1) count = count * 256 + this.byte();
    if (!Number.isSafeInteger(count)) throw new Unreadable();
    return count;
  }

  bounded(count) {
    if (count > this.bytes.length - this.at) throw new Unreadable();
    return count;
  }

  slice(count) {
    this.bounded(count);
    this.at += count;
    return this.bytes.slice(this.at - count, this.at);
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Unreadable();
    this.at += 1;
    return this.bytes[this.at - 1];
  }
}

function cborBytes(bytes) {
  const size = bytes.length;
  const head = size < 24 ? [0x40 | size] : size < 256 ? [0x58, size] : [0x59, size >> 8, size & 0xff];
  return joined([Uint8Array.from(head), bytes], head.length + size);
}

function signedPart(protectedHeader, payload) {
  const context = new TextEncoder().encode("Signature1");
  const parts = [Uint8Array.of(0x84, 0x60 | context.length), context, cborBytes(protectedHeader), Uint8Array.of(0x40)];
  parts.push(cborBytes(payload));
  return joined(parts, parts.reduce((size, part) => size + part.length, 0));
}

async function partsOf(text) {
  if (text.length === 0 || text.length > MOST_LETTERS) throw new Unreadable();
  const token = Cbor.whole(await inflated(base45(text)));
  const parts = token && token.tag === 18 ? token.value : null;
  const isWhole = Array.isArray(parts) && parts.length === 4 && parts[1] instanceof Map && parts[1].size === 0;
  if (!isWhole || ![0, 2, 3].every((place) => parts[place] instanceof Uint8Array)) throw new Unreadable();
  const header = Cbor.whole(parts[0]);
  if (!(header instanceof Map) || header.size !== 2 || header.get(1) !== -8) throw new Unreadable();
  if (!(header.get(4) instanceof Uint8Array)) throw new Unreadable();
  return { header: parts[0], payload: parts[2], signature: parts[3], keyId: header.get(4) };
}

function sealOf(payload) {
  const claims = Cbor.whole(payload);
  const identity = claims instanceof Map ? claims.get(169) : null;
  if (!(identity instanceof Map) || !(claims.get(7) instanceof Uint8Array)) throw new Unreadable();
  const born = String(identity.get(8));
  if (!/^\d{8}$/.test(born) || !Number.isSafeInteger(claims.get(6))) throw new Unreadable();
  return {
    number: new TextDecoder().decode(claims.get(7)),
    kind: String(claims.get(-70169)),
    issuer: String(claims.get(1)),
    issuedAt: claims.get(6) * 1000,
    until: Number.isSafeInteger(claims.get(4)) ? isoDay(new Date(claims.get(4) * 1000), true) : "",
    nik: String(identity.get(1)),
    name: String(identity.get(4)),
    born: `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`,
    portrait: identity.get(16) instanceof Uint8Array ? identity.get(16) : new Uint8Array(),
  };
}

// --- the list: a JWS of the centre (RFC 7515, EdDSA)

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function fingerprint(key) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", key)).slice(0, 10);
}

async function holds(signature, message, key) {
  try {
    return await globalThis.ed25519.verifyAsync(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

async function readList(token, centreKeys) {
  const [head, body, signature] = token.split(".");
  const header = JSON.parse(new TextDecoder().decode(bytesOf(head)));
  for (const text of centreKeys) {
    const key = bytesOf(text);
    const isNamed = hexOf(bytesOf(header.kid)) === hexOf(await fingerprint(key));
    const isOurs = isNamed && header.alg === "EdDSA" && header.typ === "trust-list";
    if (isOurs && (await holds(bytesOf(signature), new TextEncoder().encode(`${head}.${body}`), key))) {
      return await withKeys(JSON.parse(new TextDecoder().decode(bytesOf(body))));
    }
  }
  throw new Error("the list is not the centre's");
}

async function withKeys(list) {
  const keys = new Map();
  for (const entry of list.keys) {
    const raw = bytesOf(entry.key);
    keys.set(hexOf(await fingerprint(raw)), { raw, until: entry.until ? Date.parse(entry.until) : Infinity });
  }
  return { keys, madeAt: Date.parse(list.made_at), ended: new Set(list.withdrawn.map((gone) => gone.number)) };
}

// --- the rules

const isoDay = (at, utc) =>
  utc
    ? at.toISOString().slice(0, 10)
    : [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

const answered = (answer, cause, age, seal = null) => ({ answer, cause, age, seal });

function ofUnknownKey(age) {
  return age > FRESH_DAYS ? answered("cannot_tell", "unknown_key", age) : answered("not_genuine", "unknown_key", age);
}

async function check(text, list, now) {
  const age = Math.max(0, Math.floor((now - list.madeAt) / DAY));
  try {
    const parts = await partsOf(text);
    const key = list.keys.get(hexOf(parts.keyId));
    if (!key) return ofUnknownKey(age);
    if (!(await holds(parts.signature, signedPart(parts.header, parts.payload), key.raw))) {
      return answered("not_genuine", "altered", age);
    }
    const seal = sealOf(parts.payload);
    if (seal.issuedAt >= key.until) return ofUnknownKey(age);
    return ofGenuine(seal, list, age, now);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof TypeError) return answered("cannot_tell", "no_seal", age);
    throw error;
  }
}

function ofGenuine(seal, list, age, now) {
  if (list.ended.has(seal.number)) return answered("withdrawn", "", age, seal);
  if (seal.until && isoDay(new Date(now)) > seal.until) return answered("expired", "", age, seal);
  if (age > FRESH_DAYS) return answered("cannot_tell", "old_list", age, seal);
  return answered("valid", "", age, seal);
}

// --- pictures

async function codeIn(imageData) {
  const found = await globalThis.ZXingWASM.readBarcodes(imageData, { formats: ["QRCode"], tryHarder: true });
  return found.length ? found[0].text : "";
}

function pixelsOf(source, width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  drawing.drawImage(source, 0, 0, canvas.width, canvas.height);
  return drawing.getImageData(0, 0, canvas.width, canvas.height);
}

// --- the page

const data = JSON.parse(document.getElementById("data").textContent);
const place = (name) => document.getElementById(name);
const SIGNS = { valid: "✔", expired: "⌛", withdrawn: "⊘", not_genuine: "✖", cannot_tell: "?" };
let language = "id";
let shown = null;
let list = null;
let camera = null;

const say = (key) => data.sentences[language][key] ?? key;
const screenDay = (day) => day.split("-").reverse().join("-");
const grouped = (nik) => nik.replace(/^(.{6})(.{6})(.*)$/, "$1 $2 $3");

function ageTold(age) {
  return age === 0 ? say("age.today") : say(age === 1 ? "age.one" : "age.many").replace("{count}", String(age));
}

function showWords() {
  document.documentElement.lang = language;
  document.title = say("page.title");
  for (const part of document.querySelectorAll("[data-say]")) part.textContent = say(part.dataset.say);
  place("language").textContent = language === "id" ? "English" : "Indonesia";
  place("made").textContent = list ? say("page.made").replace("{day}", screenDay(isoDay(new Date(list.madeAt)))) : "";
  if (shown) showAnswer(shown);
}

function showAnswer(told) {
  shown = told;
  const box = place("answer");
  box.className = `answer ${told.answer}`;
  box.dataset.answer = told.answer;
  box.dataset.cause = told.cause;
  place("sign").textContent = SIGNS[told.answer];
  place("head").textContent = say(`answer.${told.answer}`);
  place("why").textContent = told.cause ? say(`cause.${told.cause}`) : "";
  place("age").textContent = ageTold(told.age);
  place("facts").hidden = !told.seal;
  if (told.seal) showSeal(told.seal);
  box.hidden = false;
  box.focus();
}

function showSeal(seal) {
  const rows = [
    ["page.name", seal.name],
    ["NIK", grouped(seal.nik)],
    ["page.born", screenDay(seal.born)],
    ["page.number", seal.number],
    ["page.kind", say(`kind.${seal.kind}`)],
    ["page.issued", `${screenDay(isoDay(new Date(seal.issuedAt)))}, ${seal.issuer}`],
  ];
  if (seal.until) rows.push(["page.until", screenDay(seal.until)]);
  place("rows").replaceChildren(...rows.flatMap(([label, value]) => row(say(label), value)));
  const portrait = place("portrait");
  URL.revokeObjectURL(portrait.src);
  portrait.hidden = seal.portrait.length === 0;
  if (!portrait.hidden) portrait.src = URL.createObjectURL(new Blob([seal.portrait], { type: "image/avif" }));
}

function row(label, value) {
  const [term, told] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = label;
  told.textContent = value;
  return [term, told];
}

async function checkText(text) {
  place("trouble").textContent = "";
  // typed or scanned with Caps Lock on, letters come small; blanks within count, what a paste brings around does not
  showAnswer(await check(text.replace(/^[\r\n\t]+|[\r\n\t]+$/g, "").toUpperCase(), list, Date.now()));
}

async function checkPhoto(file) {
  try {
    const picture = await createImageBitmap(file);
    await checkText(await codeIn(pixelsOf(picture, picture.width, picture.height)));
  } catch {
    place("trouble").textContent = say("page.no_picture");
  }
}

async function startCamera() {
  try {
    camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    place("trouble").textContent = say("page.no_camera");
    return;
  }
  const film = place("film");
  film.srcObject = camera;
  film.hidden = false;
  await film.play();
  lookOnce(film);
}

async function lookOnce(film) {
  if (!camera) return;
  const text = film.videoWidth ? await codeIn(pixelsOf(film, film.videoWidth, film.videoHeight)) : "";
  if (text && camera) {
    stopCamera();
    await checkText(text);
  } else {
    setTimeout(() => lookOnce(film), LOOK_EVERY);
  }
}

function stopCamera() {
  for (const track of camera?.getTracks() ?? []) track.stop();
  camera = null;
  place("film").hidden = true;
}

function connect() {
  place("language").addEventListener("click", () => {
    language = language === "id" ? "en" : "id";
    showWords();
  });
  place("photo").addEventListener("change", (event) => event.target.files[0] && checkPhoto(event.target.files[0]));
  place("look").addEventListener("click", () => (camera ? stopCamera() : startCamera()));
  place("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    checkText(place("code").value);
  });
}

async function begin() {
  connect();
  globalThis.ZXingWASM.prepareZXingModule({ overrides: { wasmBinary: bytesOf(data.reader).buffer } });
  try {
    list = await readList(data.list, data.keys);
  } catch {
    place("broken").hidden = false;
    place("asking").hidden = true;
  }
  showWords();
  document.body.dataset.ready = list ? "yes" : "no";
  const given = decodeURIComponent(location.hash.slice(1));
  if (list && given) await checkText(given);
}

begin();
