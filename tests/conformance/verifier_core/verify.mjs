// Verifies the credentials that stand on its input, with @digitalcredentials/verifier-core and without a network.
//
// Called as: node verify.mjs FOLDER, where `scripts/verifier-core` has installed the package. The input is one JSON
// object of cases by name: `credential`, and `documents` by address, which answer in place of the network. The output
// says by name what the package found (`steps`, `errors`) and which addresses it asked for in vain (`refused`).
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {Socket} from 'node:net';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

let documents = {};
let refused = [];

globalThis.fetch = async request => {
  const address = String(request?.url ?? request);
  if (!(address in documents)) {
    refused.push(address);
    throw new TypeError(`The network is closed: ${address}`);
  }
  return new Response(JSON.stringify(documents[address]), {headers: {'content-type': 'application/ld+json'}});
};
Socket.prototype.connect = () => {
  throw new Error('The network is closed.');
};
console.log = console.error; // The package reports faults of the network there; the output is the answer alone.

const find = createRequire(join(process.argv[2], 'package.json'));
const {verifyCredential} = await import(pathToFileURL(find.resolve('@digitalcredentials/verifier-core')));
const answers = {};
for (const [name, one] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  [documents, refused] = [one.documents, []];
  const {log, errors} = await verifyCredential({credential: one.credential, knownDIDRegistries: []});
  answers[name] = {
    steps: Object.fromEntries((log ?? []).map(step => [step.id, step.valid ?? null])),
    errors: (errors ?? []).map(error => error.name),
    refused: [...new Set(refused)],
  };
}
process.stdout.write(JSON.stringify(answers));
