#include "connectors/edifact/writing.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>

#include "connectors/edifact/directory.h"
#include "connectors/edifact/envelope.h"
#include "connectors/edifact/interchange.h"
#include "connectors/edifact/packing.h"

namespace purser::edifact {
namespace {

constexpr std::uint64_t last_reference = 99'999'999'999'999;  ///< 0020 has 14 places

/// CONTRL has neither directory nor date of its own: UNB tells when it was sent.
constexpr std::string_view service_message = "CONTRL";

/// CCYYMMDD of the day, in UTC.
std::string today(std::int64_t now) {
  const auto day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::nanoseconds>{std::chrono::nanoseconds(now)});
  const std::chrono::year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(date.year()), unsigned(date.month()),
                unsigned(date.day()));
  return text;
}

/// The envelope is the connector's business, so that no row writes it; it is not lost.
class Notes : public DocumentSink {
 public:
  explicit Notes(DocumentSink& out) : out_(out) {}
  Outcome push(std::span<const Event> batch) override { return out_.push(batch); }
  void finding(Finding finding) override { out_.finding(std::move(finding)); }
  void loss(Loss loss) override {
    // Which message it is tells what these say.
    const bool told = loss.source == "technical" || loss.source == "outgoing";
    const bool in_header = loss.source.starts_with("envelope.") || (service_ && loss.source == "issue_date") || told;
    if (!in_header) out_.loss(std::move(loss));
  }
  void begin(bool service) { service_ = service; }

 private:
  DocumentSink& out_;
  bool service_ = false;
};

/// The file's encoder: a mapping encoder for each document, one writer for all.
class FileEncoder : public sdk::Encoder {
 public:
  FileEncoder(Tables& tables, const sdk::Host& host, const sdk::Request& request, Settings settings, ByteSink& out,
              DocumentSink& notes)
      : tables_(tables),
        request_(request),
        settings_(std::move(settings)),
        notes_(notes),
        now_(host.now()),
        writer_(out, [&notes](Finding finding) { notes.finding(std::move(finding)); }, settings_.write),
        interchange_(writer_, settings_,
                     {now_, [&host, &request](const Party& to) { return next_reference(host, request, to); }},
                     notes_) {}

  Outcome push(std::span<const Event> batch) override {
    while (!batch.empty()) {
      if (batch.front().kind == EventKind::begin_document) {
        if (auto begun = begin(batch.front()); !begun) return begun;
      }
      const auto end = std::ranges::find(batch, EventKind::end_document, &Event::kind);
      const bool ends = end != batch.end();
      const auto part = batch.first(static_cast<std::size_t>(end - batch.begin()) + (ends ? 1 : 0));
      watch_.see(part);
      interchange_.told(watch_.interchange());
      if (auto done = encoder_->push(part); !done) return done;
      if (ends) {
        if (auto done = end_document(); !done) return done;
      }
      batch = batch.subspan(part.size());
    }
    return {};
  }

  Outcome finish() override { return writer_.finish(); }

 private:
  static std::expected<std::string, Status> next_reference(const sdk::Host& host, const sdk::Request& request,
                                                           const Party& to) {
    auto number = host.next(request, "interchange/" + to.id, last_reference);
    if (number) return std::to_string(*number);
    // A host without sequences (the command line) leaves the reference to settings and document.
    if (number.error().what == StatusClass::defect || number.error().what == StatusClass::denied) return std::string();
    return std::unexpected(number.error());
  }

  std::string variable(std::string_view name) {
    if (name == "$version") return key_.version.substr(0, 1);
    if (name == "$release") return key_.version.substr(1);
    if (name == "$decimal_mark") return {settings_.write.separators.decimal};
    if (name == "$today") return today(now_);
    if (name == "$message_reference") return interchange_.message_reference(watch_.message_reference());
    return {};
  }

  /// CONTRL belongs to the syntax, every other message to a directory.
  std::string version_of(std::string_view message) const {
    if (message != service_message) return settings_.directory;
    return settings_.syntax_version >= 4 ? "41" : "D3";
  }

  Outcome begin(const Event& event) {
    const auto document = static_cast<DocumentType>(event.number);
    key_.message = request_.message.empty() ? std::string(tables_.message_for(document)) : request_.message;
    key_.version = request_.version.empty() ? version_of(key_.message) : request_.version;
    ProgramResult program = tables_.find(key_, request_.overlays);
    if (!program) {
      for (const Finding& finding : program.error().findings()) notes_.finding(finding);
    }
    const DocumentDescriptor* descriptor = find_document(document);
    if (!program || !(*program)->writes() || (*program)->document() != document || descriptor == nullptr) {
      std::string message = "no table writes " +
                            (descriptor == nullptr ? std::string("this document") : "a " + std::string(descriptor->name)) +
                            " as " + (key_.message.empty() ? "a message" : key_.message) + " " + key_.version;
      notes_.finding(make_finding("EDIFACT-0053", {}, message));
      return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0053", std::move(message)});
    }
    program_ = *program;
    notes_.begin(key_.message == service_message);
    watch_.begin(*descriptor);
    map::SyntaxSink* next = &interchange_;
    if (const Packing* packing = packing_of(key_.message)) next = &packing_.emplace(*packing, interchange_, notes_);
    encoder_.emplace(*program_, *next, notes_, [this](std::string_view name) { return variable(name); });
    return {};
  }

  Outcome end_document() {
    auto done = encoder_->finish();
    if (done && packing_) done = packing_->finish();
    encoder_.reset();
    packing_.reset();
    program_.reset();
    return done;
  }

  Tables& tables_;
  const sdk::Request& request_;
  Settings settings_;
  Notes notes_;
  std::int64_t now_;
  Writer writer_;
  InterchangeSink interchange_;
  EnvelopeWatch watch_;
  TableKey key_;  ///< of the document under way
  std::shared_ptr<const map::Program> program_;
  std::optional<PackingWriter> packing_;
  std::optional<map::Encoder> encoder_;
};

}  // namespace

std::expected<std::unique_ptr<sdk::Encoder>, Status> make_encoder(Tables& tables, const sdk::Host& host,
                                                                  const sdk::Request& request, ByteSink& out,
                                                                  DocumentSink& notes) {
  auto settings = parse_settings(request.settings.empty() ? host.settings() : std::string_view(request.settings));
  if (!settings) {
    notes.finding(make_finding("EDIFACT-0054", {}, settings.error()));
    return std::unexpected(Status{StatusClass::invalid, "EDIFACT-0054", settings.error()});
  }
  return std::make_unique<FileEncoder>(tables, host, request, *std::move(settings), out, notes);
}

}  // namespace purser::edifact
