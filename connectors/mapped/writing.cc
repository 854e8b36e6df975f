#include "connectors/mapped/writing.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "connectors/reader/delimited_writer.h"
#include "connectors/reader/xml_writer.h"

namespace purser::mapped {
namespace {

class TableEncoder : public sdk::Encoder {
 public:
  TableEncoder(Tables& tables, const sdk::Host& host, const sdk::Request& request, Settings settings,
               ByteSink& out, DocumentSink& notes)
      : tables_(tables),
        host_(host),
        request_(request),
        settings_(std::move(settings)),
        out_(out),
        notes_(notes) {}

  Outcome push(std::span<const Event> batch) override {
    while (!batch.empty()) {
      if (batch.front().kind == EventKind::begin_document) {
        if (auto begun = begin(static_cast<DocumentType>(batch.front().number)); !begun) return begun;
      }
      const auto next = std::ranges::find(batch.subspan(1), EventKind::begin_document, &Event::kind);
      const auto part = batch.first(static_cast<std::size_t>(next - batch.begin()));
      if (auto done = encoder_->push(part); !done) return done;
      batch = batch.subspan(part.size());
    }
    return {};
  }

  Outcome finish() override {
    if (auto done = end(); !done) return done;
    if (xml_) return xml_->finish();
    return delimited_ ? delimited_->finish() : Outcome{};
  }

 private:
  Outcome refuse(std::string_view code, std::string message) {
    notes_.finding(make_finding(code, {}, message));
    return std::unexpected(Status{StatusClass::invalid, std::string(code), std::move(message)});
  }

  Outcome end() {
    if (!encoder_) return {};
    Outcome done = encoder_->finish();
    encoder_.reset();
    return done;
  }

  Outcome begin(DocumentType type) {
    if (auto ended = end(); !ended) return ended;
    if (!program_) {
      if (auto chosen = choose(type); !chosen) return chosen;
    }
    if (program_->document() != type)
      return refuse("CSV-0034", fmt::format("the table {} is for other documents", program_->message()));
    if (xml_ && written_) return refuse("CSV-0034", "a second document came for an XML file");
    written_ = true;
    map::SyntaxSink& writer = xml_ ? static_cast<map::SyntaxSink&>(*xml_) : *delimited_;
    encoder_.emplace(*program_, writer, notes_, [this](std::string_view name) { return variable(name); });
    return {};
  }

  Outcome choose(DocumentType type) {
    std::string name = request_.message.empty() ? settings_.table : request_.message;
    if (name.empty()) name = tables_.writer_of(type, request_.format == "xml" ? "xml" : "delimited");
    if (name.empty()) return refuse("CSV-0034", "not exactly one table writes this document");
    table::ProgramResult program = tables_.find(name, request_.overlays);
    if (!program) {
      for (const Finding& finding : program.error().findings()) notes_.finding(finding);
      return std::unexpected(Status{StatusClass::invalid, "CSV-0033", "the table cannot be used"});
    }
    program_ = *std::move(program);
    if (!program_->writes()) return refuse("CSV-0034", fmt::format("the table {} only reads", name));
    return program_->syntax() == "xml" ? begin_xml() : begin_delimited();
  }

  Outcome begin_xml() {
    for (const map::NamespaceName& space : program_->namespaces())
      namespaces_.push_back({space.prefix, space.uri});
    xml::WriteOptions options;
    options.namespaces = namespaces_;
    xml_.emplace(out_, options);
    return {};
  }

  Outcome begin_delimited() {
    const map::DelimitedForm form = program_->delimited();
    delimited::WriteOptions options;
    if (form.separator != 0) options.format.separator = form.separator;
    options.format.quote = options.format.escape = form.quote;
    options.format.heading = form.heading;
    options.format.charset = reader::find_charset(form.charset).value_or(reader::Charset::utf_8);
    options.columns.assign(form.columns.begin(), form.columns.end());
    options.line_end = settings_.line_end;
    if (settings_.byte_order_mark && options.format.charset == reader::Charset::utf_8) {
      if (auto done = out_.write(std::string_view("\xEF\xBB\xBF")); !done) return done;
    }
    delimited_.emplace(
        out_, [this](Finding finding) { notes_.finding(std::move(finding)); }, std::move(options));
    return {};
  }

  std::string variable(std::string_view name) const {
    if (name != "$today" && name != "today") return {};
    const std::chrono::sys_time<std::chrono::nanoseconds> now{std::chrono::nanoseconds(host_.now())};
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(today.year()),
                       static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()));
  }

  Tables& tables_;
  const sdk::Host& host_;
  const sdk::Request& request_;
  Settings settings_;
  ByteSink& out_;
  DocumentSink& notes_;
  std::shared_ptr<const map::Program> program_;
  std::vector<xml::Namespace> namespaces_;
  std::optional<xml::Writer> xml_;
  std::optional<delimited::Writer> delimited_;
  std::optional<map::Encoder> encoder_;
  bool written_ = false;
};

}  // namespace

std::unique_ptr<sdk::Encoder> make_encoder(Tables& tables, const sdk::Host& host, const sdk::Request& request,
                                           Settings settings, ByteSink& out, DocumentSink& notes) {
  return std::make_unique<TableEncoder>(tables, host, request, std::move(settings), out, notes);
}

}  // namespace purser::mapped
