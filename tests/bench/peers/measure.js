// Reads each document with the peer of its format until a second is over, and prints its rate beside Purser's.
// The peers give a tree or a list of segments; Purser gives checked canonical events with positions.
const fs = require('fs');
const path = require('path');
const folder = process.argv[2];

const { XMLParser } = require('fast-xml-parser');
const edifact = require('edifact');
const x12 = require('node-x12');

const peers = {
  xml: { name: 'fast-xml-parser', read: (text) => new XMLParser({ ignoreAttributes: false }).parse(text) },
  edifact: { name: 'edifact', read: (text) => new edifact.Reader({ autoDetectEncoding: true }).parse(text) },
  x12: { name: 'node-x12', read: (text) => new x12.X12Parser(false).parse(text) },
};

function rate(read, text) {
  read(text);
  let runs = 0;
  const begin = process.cpuUsage();
  let spent = 0;
  do {
    read(text);
    ++runs;
    const used = process.cpuUsage(begin);
    spent = (used.user + used.system) / 1e6;
  } while (spent < 1);
  return (runs * Buffer.byteLength(text, 'latin1')) / spent / 1e6;
}

const ours = {};
for (const run of JSON.parse(fs.readFileSync(path.join(folder, 'purser.json'), 'utf8')).benchmarks) {
  ours[run.name.replace(/^read\//, '').replaceAll('/', '-')] = run.bytes_per_second / 1e6;
}

console.log('| document | bytes | Purser MB/s | peer | MB/s | times |\n|---|---|---|---|---|---|');
for (const file of fs.readdirSync(path.join(folder, 'documents')).sort()) {
  const subject = file.replace(/\.(xml|edi)$/, '');
  const peer = peers[file.endsWith('.xml') ? 'xml' : file.split('-')[0]];
  const text = fs.readFileSync(path.join(folder, 'documents', file), file.endsWith('.xml') ? 'utf8' : 'latin1');
  if (!peer || !(subject in ours)) continue;
  let theirs;
  try {
    theirs = rate(peer.read, text);
  } catch (error) {
    console.log(`| ${subject} | ${text.length} | ${ours[subject].toFixed(0)} | ${peer.name} | refused: ${error.message} | |`);
    continue;
  }
  const times = (ours[subject] / theirs).toFixed(1);
  console.log(`| ${subject} | ${text.length} | ${ours[subject].toFixed(0)} | ${peer.name} | ${theirs.toFixed(1)} | ${times} |`);
}
