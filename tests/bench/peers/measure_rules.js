// CPU time for one invoice judged by EN 16931, from its bytes: a process that reads it many times, less one that
// reads it once. Purser decodes, checks the model and judges; saxon-js parses and transforms.
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');
const SaxonJS = require('saxon-js');
const [folder, purser] = process.argv.slice(2);

/// The document with its lines repeated; totals no longer fit, which costs both the same.
function longer(text, times) {
  const begin = text.indexOf('<cac:InvoiceLine>');
  const end = text.lastIndexOf('</cac:InvoiceLine>') + '</cac:InvoiceLine>'.length;
  return text.slice(0, begin) + text.slice(begin, end).repeat(times) + text.slice(end);
}

function cpuOfPurser(files) {
  const timed = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null', 'time', purser, 'check',
    '--in-process', '--as', 'ubl', '--pack', 'en16931', ...files]);
  return timed.stderr.toString().trim().split(' ').reduce((sum, each) => sum + Number(each), 0);
}

function millisecondsOfPurser(file, times) {
  return ((cpuOfPurser(Array(times).fill(file)) - cpuOfPurser([file])) * 1000) / (times - 1);
}

function millisecondsOfSaxon(text, sef) {
  const judge = () => SaxonJS.transform({ stylesheetInternal: sef, sourceText: text, destination: 'serialized' });
  judge();
  const begin = process.cpuUsage();
  let runs = 0, spent = 0;
  do {
    judge();
    ++runs;
    const used = process.cpuUsage(begin);
    spent = (used.user + used.system) / 1000;
  } while (spent < 2000);
  return spent / runs;
}

const sef = JSON.parse(fs.readFileSync(path.join(folder, 'rules.sef.json'), 'utf8'));
const ten = fs.readFileSync(path.join(folder, 'documents', 'ubl-Invoice-10.xml'), 'utf8');
console.log('| UBL invoice | Purser ms | saxon-js ms | times |\n|---|---|---|---|');
for (const [lines, runs] of [[10, 400], [100, 100], [1000, 20]]) {
  const text = longer(ten, lines / 10);
  const file = path.join(folder, `invoice-${lines}.xml`);
  fs.writeFileSync(file, text);
  const ours = millisecondsOfPurser(file, runs);
  const theirs = millisecondsOfSaxon(text, sef);
  console.log(`| ${lines} lines | ${ours.toFixed(2)} | ${theirs.toFixed(1)} | ${(theirs / ours).toFixed(0)} |`);
}
