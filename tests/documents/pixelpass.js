// Reads lines of codes with PixelPass, a decoder of other hands, and writes what each says, or why it does not.
const {decode} = require(process.argv[2]);
const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  try {
    process.stdout.write(decode(line) + "\n");
  } catch (error) {
    process.stdout.write(`FAILED ${error.message}\n`);
  }
}
