#include "connectors/x12/writing.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "canonical/event/recorded_events.h"
#include "connectors/table/derived.h"
#include "connectors/x12/hierarchy.h"
#include "connectors/x12/interchange.h"
#include "connectors/x12/party_names.h"
#include "connectors/x12/version.h"

namespace purser::x12 {
namespace {

/// Passes on what no row has written, but for what is not lost: the envelope and its addresses, which are the
/// connector's business, what the kind of transaction set says, and the number of an answer that is its
/// order's.
class Notes : public DocumentSink {
 public:
  Notes(DocumentSink& out, const HeaderFields& header) : out_(out), header_(header) {}
  Outcome push(std::span<const Event> batch) override { return out_.push(batch); }
  void finding(Finding finding) override { out_.finding(std::move(finding)); }
  void loss(Loss loss) override {
    static constexpr std::string_view elsewhere[] = {
        "envelope.",     "interchange_sender.", "interchange_recipient.",
        "group_sender.", "group_recipient.",    "technical",
        "outgoing"};
    const std::string_view source = loss.source;
    if (std::ranges::any_of(elsewhere, [&](std::string_view place) { return source.starts_with(place); }))
      return;
    if (source == "number" && is_of_the_order(loss.value)) return;
    if (source == "kind" && std::ranges::find(usual_kinds, loss.value) != std::end(usual_kinds)) return;
    if (in_header_ && is_in_header(source)) return;
    if (source.starts_with("order_references[") && wrote_order_ && wrote_order_(loss.value)) return;
    if (source.find(".endpoint.") != std::string_view::npos && is_address(source)) return;
    out_.loss(std::move(loss));
  }

  /// Number and date of 997, 999 and TA1 are ST02 and GS04. `wrote_order` knows what HL levels said.
  void begin(std::string type, std::function<bool(std::string_view)> wrote_order) {
    type_ = std::move(type);
    in_header_ = type_ == "997" || type_ == "999" || type_ == "TA1";
    wrote_order_ = std::move(wrote_order);
  }

 private:
  /// What an acknowledgement says of its interchange and group: the way back, and AK1 says the rest.
  static bool is_in_header(std::string_view source) {
    return source == "number" || source == "issue_date" || source == "interchange" ||
           source == "group_version" || (source.starts_with("messages[") && source.ends_with("].group"));
  }
  [[nodiscard]] bool is_of_the_order(std::string_view number) const {
    return number == header_.get("answered_order.number") || number == header_.get("changed_order.number");
  }
  /// Id and scheme of an electronic address that stands in ISA.
  [[nodiscard]] bool is_address(std::string_view source) const {
    const std::string id = std::string(source.substr(0, source.rfind('.'))) + ".id";
    const Addressing told = header_.addressing();
    return header_.get(id) == told.sender.id || header_.get(id) == told.recipient.id;
  }

  /// UNTDID 1001 of what 855, 856, 861 and 820 are.
  static constexpr std::string_view usual_kinds[] = {"231", "351", "632", "481"};

  DocumentSink& out_;
  const HeaderFields& header_;
  std::string type_;
  bool in_header_ = false;
  std::function<bool(std::string_view)> wrote_order_;
};

/// The file's encoder: a mapping encoder for each document, one writer for all. A document's header is held
/// until it is whole, since it tells which transaction set an acknowledgement or a response is.
class FileEncoder : public sdk::Encoder {
 public:
  FileEncoder(table::Library& tables, const sdk::Host& host, const sdk::Request& request, Settings settings,
              ByteSink& out, DocumentSink& notes)
      : tables_(tables),
        request_(request),
        settings_(effective(std::move(settings), request)),
        notes_(notes, header_),
        writer_(
            out, [&notes](Finding finding) { notes.finding(std::move(finding)); }, settings_.write),
        interchange_(writer_, settings_,
                     {host.now(),
                      [&host, &request](const std::string& sequence, std::uint64_t last) {
                        return next_number(host, request, sequence, last);
                      }},
                     notes_) {}

  Outcome push(std::span<const Event> batch) override {
    while (!batch.empty()) {
      if (batch.front().kind == EventKind::begin_document) {
        if (auto begun = begin(batch.front()); !begun) return begun;
      }
      const auto end = std::ranges::find(batch, EventKind::end_document, &Event::kind);
      const bool ends = end != batch.end();
      const auto part = batch.first(static_cast<std::size_t>(end - batch.begin()) + (ends ? 1 : 0));
      if (auto done = encode(part, ends); !done) return done;
      if (ends) {
        if (auto done = end_document(); !done) return done;
      }
      batch = batch.subspan(part.size());
    }
    return {};
  }

  Outcome finish() override { return writer_.finish(); }

 private:
  /// Versions before 004020 know no repetition.
  static Settings effective(Settings settings, const sdk::Request& request) {
    if (!request.version.empty()) settings.version = request.version;
    if (!has_repetitions(interchange_version(settings.version))) settings.write.separators.repetition = 0;
    return settings;
  }

  static std::expected<std::uint64_t, Status> next_number(const sdk::Host& host, const sdk::Request& request,
                                                          const std::string& sequence, std::uint64_t last) {
    auto number = host.next(request, sequence, last);
    if (number) return *number;
    // A host without sequences (the command line) leaves the numbers to settings and document.
    if (number.error().what == StatusClass::defect || number.error().what == StatusClass::denied) return 0;
    return std::unexpected(number.error());
  }

  Outcome begin(const Event& event) {
    document_ = static_cast<DocumentType>(event.number);
    const DocumentDescriptor* descriptor = find_document(document_);
    if (descriptor == nullptr) return refuse("this document", {});
    header_.begin(*descriptor);
    return {};
  }

  /// An acknowledgement is a 997 where it is about a group, a TA1 where it is not, an 824 where it is about
  /// content.
  std::string transaction_for() const {
    if (!request_.message.empty()) return request_.message;
    if (document_ == DocumentType::acknowledgement) {
      if (header_.get("technical") == "false") return "824";
      return header_.get("group").empty() ? "TA1" : "997";
    }
    if (document_ == DocumentType::order_response)
      return header_.get("order_change_reference.number").empty() ? "855" : "865";
    const table::Head* head = tables_.writer_of(document_);
    return head == nullptr ? std::string() : head->message;
  }

  Outcome refuse(std::string_view document, std::string_view type) {
    std::string message = "no table writes " + std::string(document) + " as " +
                          (type.empty() ? "a transaction set" : std::string(type)) + " " + settings_.version;
    notes_.finding(make_finding("X12-0053", {}, message));
    return std::unexpected(Status{StatusClass::invalid, "X12-0053", std::move(message)});
  }

  Outcome choose() {
    const std::string type = transaction_for();
    const std::string name(find_document(document_)->name);
    const std::vector<std::string_view>& known = tables_.versions(type);
    if (known.empty()) return refuse(name, type);
    const table::ProgramResult program =
        tables_.find(type, nearest_version(table_version(settings_.version), known), request_.overlays);
    if (!program) {
      for (const Finding& finding : program.error().findings()) notes_.finding(finding);
    }
    if (!program || !(*program)->writes() || (*program)->document() != document_) return refuse(name, type);
    program_ = *program;
    interchange_.begin(type, settings_.version, header_);
    map::SyntaxSink* next = &interchange_;
    std::function<bool(std::string_view)> wrote_order;
    if (type == "856") {
      next = &hierarchy_.emplace(interchange_, notes_);
      wrote_order = [this](std::string_view value) { return hierarchy_ && hierarchy_->wrote_order(value); };
    }
    notes_.begin(type, std::move(wrote_order));
    encoder_.emplace(*program_, *next, notes_, [](std::string_view) { return std::string(); });
    amounts_ = table::fill_derived(*encoder_, {.payable = true});
    return {};
  }

  /// Events wait until the header is whole.
  Outcome encode(std::span<const Event> part, bool ends) {
    header_.see(part);
    if (encoder_) return amounts_->push(part);
    if (auto held = held_.push(part); !held) return held;
    if (!ends && !header_.complete()) return {};
    if (auto chosen = choose(); !chosen) return chosen;
    const auto done = amounts_->push(with_party_names(held_.events(), *find_document(document_)->root));
    held_.clear();
    return done;
  }

  Outcome end_document() {
    auto done = encoder_->finish();
    if (done && hierarchy_) done = hierarchy_->finish();
    if (done) done = interchange_.end();
    amounts_.reset();
    encoder_.reset();
    hierarchy_.reset();
    program_.reset();
    return done;
  }

  table::Library& tables_;
  const sdk::Request& request_;
  Settings settings_;
  Notes notes_;
  Writer writer_;
  InterchangeSink interchange_;
  HeaderFields header_;
  RecordedEvents held_;
  DocumentType document_ = DocumentType::none;
  std::shared_ptr<const map::Program> program_;
  std::optional<HierarchyWriter> hierarchy_;
  std::optional<map::Encoder> encoder_;
  std::unique_ptr<EventSink> amounts_;  ///< before the encoder
};

}  // namespace

std::expected<std::unique_ptr<sdk::Encoder>, Status> make_encoder(table::Library& tables,
                                                                  const sdk::Host& host,
                                                                  const sdk::Request& request, ByteSink& out,
                                                                  DocumentSink& notes) {
  auto settings =
      parse_settings(request.settings.empty() ? host.settings() : std::string_view(request.settings));
  if (!settings) {
    notes.finding(make_finding("X12-0054", {}, settings.error()));
    return std::unexpected(Status{StatusClass::invalid, "X12-0054", settings.error()});
  }
  return std::make_unique<FileEncoder>(tables, host, request, *std::move(settings), out, notes);
}

}  // namespace purser::x12
