#include "tests/conformance/table/survey.h"

#include <algorithm>
#include <optional>

#include "canonical/event/document_checker.h"
#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"

namespace purser::conformance {
namespace {

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : all_(text), rest_(text) {}
  std::expected<std::size_t, Status> read(std::span<char> into) override {
    const auto size = std::min(into.size(), rest_.size());
    std::copy_n(rest_.begin(), size, into.begin());
    rest_.remove_prefix(size);
    return size;
  }
  bool rewind() override {
    rest_ = all_;
    return true;
  }

 private:
  std::string_view all_, rest_;
};

class TextSink : public ByteSink {
 public:
  Outcome write(std::span<const char> bytes) override {
    text.append(bytes.begin(), bytes.end());
    return {};
  }
  std::string text;
};

/// All documents of a file, with what the model's checker says of them.
class Collector : public DocumentSink {
 public:
  Collector() : model_([this](Finding found) { finding(std::move(found)); }) {}
  Outcome push(std::span<const Event> batch) override {
    documents += static_cast<std::size_t>(std::ranges::count(batch, EventKind::begin_document, &Event::kind));
    if (auto done = events.push(batch); !done) return done;
    return model_.push(batch);
  }
  void finding(Finding finding) override {
    errors += finding.severity >= Severity::error ? 1 : 0;
    warnings += finding.severity == Severity::warning ? 1 : 0;
    if (finding.severity >= Severity::error && first_error.empty())
      first_error = finding.code + " " + finding.message;
    if (finding.code.starts_with("MAP-") && finding.severity >= Severity::warning && layout.empty())
      layout = finding.code + " " + finding.message;
  }
  void loss(Loss) override { ++losses; }

  RecordedEvents events;
  std::size_t documents = 0, losses = 0, errors = 0, warnings = 0;
  std::string first_error;
  std::string layout;  ///< the first finding of a table or its layout

 private:
  DocumentChecker model_;
};

/// What the documents say: one line a value, without what the interchange around them says of itself (its
/// references, the time it was made).
std::vector<std::string> said(const Collector& documents) {
  auto lines = describe(documents.events.events());
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("envelope"); });
  std::ranges::sort(lines);
  return lines;
}

/// A route takes characters of all languages; where a format needs that, it stands here.
std::string settings_of(std::string_view format) {
  if (format != "edifact") return {};
  return R"({"sender":{"id":"SENDER"},"recipient":{"id":"RECIPIENT"},"syntax":"UNOY","directory":"D01B"})";
}

/// The same for documents of other formats: the route names the partners.
std::string settings_between(std::string_view format) {
  if (format == "x12")
    return R"({"sender":{"id":"SENDER","qualifier":"ZZ"},"recipient":{"id":"RECIPIENT","qualifier":"ZZ"},)"
           R"("characters":"utf-8"})";
  if (format == "cxml")
    return R"({"from":{"domain":"NetworkID","identity":"SENDER"},)"
           R"("to":{"domain":"NetworkID","identity":"RECIPIENT"}})";
  return settings_of(format);
}

/// The documents of a stream, each alone and with its streamed list last.
std::vector<RecordedEvents> apart(std::span<const Event> events) {
  std::vector<RecordedEvents> documents;
  while (!events.empty()) {
    const auto end = std::ranges::find(events, EventKind::end_document, &Event::kind);
    if (end == events.end()) break;
    const auto size = static_cast<std::size_t>(end - events.begin()) + 1;
    RecordedEvents& document = documents.emplace_back();
    HeaderFirst header_first(document);
    if (!replay(events.first(size), header_first)) documents.pop_back();
    events = events.subspan(size);
  }
  return documents;
}

/// True if the connector says that it serves this version of a message.
bool serves(const plugin::ConnectorInfo& info, const std::string& version) {
  return std::ranges::any_of(info.formats, [&](const plugin::FormatInfo& format) {
    return std::ranges::any_of(format.messages, [&](const plugin::MessageInfo& message) {
      return std::ranges::find(message.versions, version) != message.versions.end();
    });
  });
}

std::string first_difference(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  const auto [one, other] = std::ranges::mismatch(before, after);
  return (one == before.end() ? "nothing" : *one) + " became " + (other == after.end() ? "nothing" : *other);
}

}  // namespace

Survey::Survey(const std::filesystem::path& connectors) {
  std::vector<std::filesystem::path> libraries;
  for (const auto& entry : std::filesystem::directory_iterator(connectors)) {
    if (entry.path().extension() == ".so") libraries.push_back(entry.path());
  }
  std::ranges::sort(libraries);
  for (const auto& library : libraries) {
    plugin::ConnectorConfig config;
    config.path = library.string();
    config.isolation = plugin::Isolation::in_process;
    if (auto connector = plugin::load_connector(config, services_))
      connectors_.push_back(*std::move(connector));
  }
}

std::optional<Sighting> Survey::look(const std::filesystem::path& file, const std::string& text) {
  plugin::Connector* surest = nullptr;
  plugin::Detection seen;
  for (const auto& connector : connectors_) {
    const auto detection = connector->detect(std::string_view(text).substr(0, 64 << 10));
    if (!detection || detection->confidence <= seen.confidence) continue;
    seen = *detection;
    surest = connector.get();
  }
  if (surest == nullptr) return std::nullopt;
  Sighting sighting;
  sighting.file = file;
  sighting.format = seen.format;
  plugin::Request request;
  request.format = seen.format;
  TextSource source(text);
  Collector first;
  const Outcome read = surest->decode(request, source, first);
  sighting.decoded = read.has_value();
  if (!read) sighting.why = "not read: " + read.error().code + " " + read.error().message;
  sighting.documents = first.documents;
  sighting.losses = first.losses;
  sighting.errors = first.errors;
  sighting.warnings = first.warnings;
  if (!sighting.decoded || first.documents == 0) return sighting;
  sighting.read = apart(first.events.events());

  if (serves(surest->info(), seen.version)) request.version = seen.version;
  request.settings = settings_of(seen.format);
  if (first.documents == 1) request.message = seen.message;
  TextSink written;
  Collector notes;
  const auto events = [&first](EventSink& sink) -> Outcome {
    HeaderFirst header_first(sink);
    return replay(first.events.events(), header_first);
  };
  if (const Outcome wrote = surest->encode(request, events, written, notes); !wrote) {
    sighting.why = "not written: " + wrote.error().code + " " + wrote.error().message;
    return sighting;
  }
  sighting.losses += notes.losses;
  sighting.written = std::move(written.text);
  TextSource again(sighting.written);
  Collector second;
  request.message.clear();
  const bool good = surest->decode(request, again, second).has_value();
  const auto before = said(first), after = said(second);
  sighting.same_again = good && before == after;
  if (!sighting.same_again) sighting.why = "not the same again: " + first_difference(before, after);
  return sighting;
}

std::vector<Conversion> Survey::convert(const Sighting& sighting, const std::string& name) {
  std::vector<Conversion> all;
  for (const RecordedEvents& document : sighting.read) {
    const auto type = static_cast<DocumentType>(document.events().front().number);
    for (const auto& connector : connectors_) {
      for (const auto& format : connector->info().formats) {
        if (!format.encodes || format.name == sighting.format || format.name == "factur-x") continue;
        for (const auto& message : format.messages) {
          if (message.encodes && message.document == type)
            all.push_back(convert(*connector, format.name, message.name, document, name));
        }
      }
    }
  }
  return all;
}

Conversion Survey::convert(plugin::Connector& connector, const std::string& format,
                           const std::string& message, const RecordedEvents& document,
                           const std::string& name) {
  Conversion conversion{name, format + " " + message, {}, {}, {}, false};
  plugin::Request request;
  request.format = format;
  request.message = message;
  request.settings = settings_between(format);
  TextSink written;
  Collector notes;
  const auto events = [&](EventSink& sink) { return replay(document.events(), sink); };
  const Outcome wrote = connector.encode(request, events, written, notes);
  conversion.why = wrote ? notes.first_error : wrote.error().code + " " + wrote.error().message;
  conversion.refused = !conversion.why.empty();
  conversion.written = std::move(written.text);
  if (conversion.refused) return conversion;
  TextSource again(conversion.written);
  Collector second;
  request.message.clear();
  if (const Outcome read = connector.decode(request, again, second); !read)
    conversion.noticed = "not read: " + read.error().message;
  else
    conversion.noticed = second.layout;
  return conversion;
}

}  // namespace purser::conformance
