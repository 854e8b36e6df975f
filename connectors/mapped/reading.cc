#include "connectors/mapped/reading.h"

#include <fmt/format.h>

#include "connectors/reader/delimited_reader.h"
#include "connectors/reader/xml_reader.h"

namespace purser::mapped {
namespace {

Status refuse(DocumentSink& out, std::string_view code, std::string message) {
  out.finding(make_finding(code, {}, message));
  return Status{StatusClass::invalid, std::string(code), std::move(message)};
}

std::expected<std::string, Status> read_head(ByteSource& in) {
  std::string head(delimited::detect_bytes, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const auto got = in.read({head.data() + size, head.size() - size});
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    size += *got;
  }
  head.resize(size);
  return head;
}

Outcome read_delimited(const map::Program& program, const Settings& settings, std::string_view head,
                       ByteSource& in, DocumentSink& out, bool strict) {
  const map::DelimitedForm form = program.delimited();
  delimited::ReadOptions options;
  const auto detected = delimited::detect(head);
  if (detected) options.format = *detected;
  options.format.heading = form.heading;
  options.format.quote = options.format.escape = form.quote;
  if (form.separator != 0) options.format.separator = form.separator;
  if (const auto charset = reader::find_charset(form.charset)) options.format.charset = *charset;
  options.ragged_is_error = strict || settings.strict;
  std::vector<std::string_view> headings(form.columns.begin(), form.columns.end());
  if (!form.document_key.empty()) headings.push_back(form.document_key);
  options.headings = headings;
  RecordSplitter splitter(program, out);
  const Outcome done = delimited::read(
      in, splitter, [&](Finding finding) { splitter.finding(std::move(finding)); }, options);
  const Outcome finished = splitter.finish({});
  return done ? finished : done;
}

Outcome read_xml(const map::Program& program, ByteSource& in, DocumentSink& out) {
  std::vector<xml::Namespace> namespaces;
  for (const map::NamespaceName& space : program.namespaces())
    namespaces.push_back({space.prefix, space.uri});
  xml::ReadOptions options;
  options.namespaces = namespaces;
  map::Decoder decoder(program, out);
  if (auto done = xml::read(
          in, decoder, [&](Finding finding) { out.finding(std::move(finding)); }, options);
      !done)
    return done;
  return decoder.finish({});
}

}  // namespace

Outcome read_file(Tables& tables, const sdk::Request& request, const Settings& settings, ByteSource& in,
                  DocumentSink& out) {
  const auto head = read_head(in);
  if (!head) return std::unexpected(head.error());
  reader::ConcatenatedSource whole(*head, in);
  std::string name = request.message.empty() ? settings.table : request.message;
  if (name.empty()) {
    const Tables::Match match = tables.match(*head);
    if (match.program == nullptr) {
      return std::unexpected(
          refuse(out, "CSV-0030", "no table has the headings or the root element of the file"));
    }
    name = match.program->message();
  }
  const table::ProgramResult program = tables.find(name, request.overlays);
  if (!program) {
    for (const Finding& finding : program.error().findings()) out.finding(finding);
    return std::unexpected(Status{StatusClass::invalid, "CSV-0033", "the table cannot be used"});
  }
  if ((*program)->syntax() == "xml") return read_xml(**program, whole, out);
  return read_delimited(**program, settings, *head, whole, out, request.strict);
}

RecordSplitter::RecordSplitter(const map::Program& program, DocumentSink& out)
    : program_(program), form_(program.delimited()), gate_(out) {
  keyed_ = !form_.document_key.empty() || form_.document_column != 0;
}

Outcome RecordSplitter::open(std::string_view, const Position& at) {
  texts_.clear();
  leaves_.clear();
  record_ = at;
  return {};
}

Outcome RecordSplitter::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  const auto begin = static_cast<std::uint32_t>(texts_.size());
  const auto name_length = static_cast<std::uint32_t>(where.name.size());
  leaves_.push_back(
      {begin, name_length, begin + name_length, static_cast<std::uint32_t>(text.size()), where.element, at});
  texts_.append(where.name).append(text);
  return {};
}

void RecordSplitter::finding(Finding finding) {
  if (finding.severity == Severity::fatal || findings_.size() >= Report::max_findings) {
    gate_.finding(std::move(finding));
  } else {
    findings_.push_back(std::move(finding));
  }
}

Outcome RecordSplitter::close(const Position& at) {
  std::string_view key;
  Position place = at;
  for (const Leaf& leaf : leaves_) {
    const bool named = !form_.document_key.empty() && text(leaf.name, leaf.name_length) == form_.document_key;
    if (!named && (form_.document_column == 0 || leaf.column != form_.document_column)) continue;
    key = text(leaf.text, leaf.length);
    place = leaf.at;
    break;
  }
  const bool begins = !decoder_ && !passing_;
  if (begins || (keyed_ && !key.empty() && key != key_)) {
    if (auto done = begin_document(key, place); !done) return done;
  }
  for (Finding& finding : findings_) gate_.finding(std::move(finding));
  findings_.clear();
  return passing_ ? Outcome{} : stopped(give());
}

Outcome RecordSplitter::begin_document(std::string_view key, const Position& at) {
  if (auto done = end_document(at); !done) return done;
  gate_.next_document();
  key_ = key;
  passing_ = false;
  decoder_.emplace(program_, gate_);
  if (!keyed_) return {};
  if (key.empty()) gate_.finding(make_finding("CSV-0032", at, "the first record has no document key"));
  if (keys_.size() < max_remembered_keys && !keys_.insert(key_).second) {
    gate_.finding(make_finding(
        "CSV-0031", at,
        fmt::format("records of \"{}\" stood further up", key_.substr(0, Finding::max_value_shown))));
  }
  return {};
}

Outcome RecordSplitter::end_document(const Position& at) {
  Outcome done;
  if (decoder_) done = stopped(decoder_->finish(at));
  decoder_.reset();
  gate_.flush();
  return done;
}

// An invalid document ends alone; its findings have told.
Outcome RecordSplitter::stopped(Outcome outcome) {
  if (outcome || outcome.error().what != StatusClass::invalid) return outcome;
  decoder_.reset();
  passing_ = true;
  return {};
}

Outcome RecordSplitter::give() {
  if (auto done = decoder_->open("record", record_); !done) return done;
  for (const Leaf& leaf : leaves_) {
    map::LeafAddress where;
    where.name = text(leaf.name, leaf.name_length);
    where.element = leaf.column;
    if (auto done = decoder_->leaf(where, text(leaf.text, leaf.length), leaf.at); !done) return done;
  }
  return decoder_->close(record_);
}

Outcome RecordSplitter::finish(const Position& at) {
  const Outcome done = end_document(at);
  for (Finding& finding : findings_) gate_.finding(std::move(finding));
  findings_.clear();
  return done;
}

}  // namespace purser::mapped
