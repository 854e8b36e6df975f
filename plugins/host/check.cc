// The contract checker: what a connector promises against what it does.
#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "canonical/event/recorded_events.h"
#include "plugins/host/connector.h"
#include "plugins/host/memory_source.h"
#include "plugins/host/settings.h"

namespace purser::plugin {
namespace {

constexpr std::chrono::milliseconds patience{20'000};  // for one call: samples are small

// Keeps what the connector's worker is logged for; refuses everything else as the command line does.
class Listening : public NoServices {
 public:
  void log(const Scope& /*scope*/, Severity /*severity*/, std::string_view line) override {
    if (line.starts_with("HOST-0019")) ignored_stop = true;
  }
  std::atomic<bool> ignored_stop = false;
};

// Takes a few events, then has enough.
class Enough : public RecordedDocument {
 public:
  Outcome push(std::span<const Event> batch) override {
    left -= std::min(left, batch.size());
    if (left != 0) return {};
    return std::unexpected(Status{StatusClass::overloaded, "HOST-0023", "enough"});
  }
  std::size_t left = 3;
};

std::string garbage(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 2463534242;  // xorshift: the same on every run
  for (char& byte : bytes) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    byte = static_cast<char>(state);
  }
  return bytes;
}

class Check {
 public:
  explicit Check(const ContractCheck& check) : check_(check) {
    check_.config.limits.wall = std::min(check_.config.limits.wall, patience);
  }

  Report run() {
    auto loaded = load_connector(check_.config, services_);
    if (!loaded) return std::move(loaded.error());
    connector_ = *std::move(loaded);
    const Report schema = check_schema(connector_->info().settings_schema);
    for (const Finding& finding : schema.findings()) report_.add(finding);
    formats();
    detection();
    if (reads()) {
      hostile_input();
      for (const NamedText& sample : check_.samples) read_sample(sample);
    }
    if (writes()) writing();
    if (check_.threads && report_.empty()) threads();
    return std::move(report_);
  }

 private:
  void wrong(std::string message) { report_.add(make_finding("HOST-0024", Position{}, std::move(message))); }

  [[nodiscard]] bool reads() const {
    return std::ranges::any_of(connector_->info().formats, &FormatInfo::decodes);
  }
  [[nodiscard]] bool writes() const {
    return std::ranges::any_of(connector_->info().formats, &FormatInfo::encodes);
  }

  void formats() {
    std::vector<std::string> names;
    for (const FormatInfo& format : connector_->info().formats) {
      if (std::ranges::find(names, format.name) != names.end()) wrong("two formats are named " + format.name);
      names.push_back(format.name);
      for (const MessageInfo& message : format.messages)
        if ((message.decodes && !format.decodes) || (message.encodes && !format.encodes))
          wrong(fmt::format("message {} does what its format {} does not", message.name, format.name));
    }
  }

  void guess(const std::string& what, std::string_view prefix, bool is_sample) {
    const auto found = connector_->detect(prefix);
    if (!found) {
      wrong(fmt::format("detect fails on {}: {} {}", what, found.error().code, found.error().message));
      return;
    }
    const auto& formats = connector_->info().formats;
    const auto format = std::ranges::find(formats, found->format, &FormatInfo::name);
    if (found->confidence != 0 && format == formats.end())
      wrong(fmt::format("detect names format \"{}\" for {}, which is none of its own", found->format, what));
    if (found->confidence == 0 && is_sample) wrong(fmt::format("detect does not know sample {}", what));
  }

  void detection() {
    guess("no bytes", {}, false);
    guess("one byte", "x", false);
    guess("arbitrary bytes", garbage(4096), false);
    for (const NamedText& sample : check_.samples) guess(sample.name, sample.text, true);
  }

  Outcome read(std::string_view text, DocumentSink& out) {
    MemorySource source(text);
    Request request;
    return connector_->decode(request, source, out);
  }

  // May fail, but with a reason, and never as a defect.
  void survives(const std::string& what, std::string_view text) {
    RecordedDocument out;
    const Outcome done = read(text, out);
    if (done || (done.error().what != StatusClass::defect && done.error().code != "HOST-0012")) return;
    wrong(fmt::format("reading {} ends with {}: {}", what, done.error().code, done.error().message));
  }

  void hostile_input() {
    survives("an empty file", {});
    survives("one byte", "x");
    survives("arbitrary bytes", garbage(65'536));
    for (const NamedText& sample : check_.samples) {
      const std::string_view text = sample.text;
      for (const std::size_t part : {1, 2, 3})
        survives(fmt::format("{} cut after {} of 4", sample.name, part),
                 text.substr(0, text.size() * part / 4));
      std::string damaged = sample.text;
      for (std::size_t at = 7; at < damaged.size(); at += 97)
        damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
      survives(sample.name + " with damaged bytes", damaged);
    }
  }

  void read_sample(const NamedText& sample) {
    RecordedDocument first;
    const Outcome done = read(sample.text, first);
    if (!done) {
      wrong(fmt::format("{} cannot be read: {} {}", sample.name, done.error().code, done.error().message));
      return;
    }
    const auto events = first.events.events();
    if (events.empty()) wrong(sample.name + " gives no document");
    const auto nowhere = std::ranges::find_if(events, [](const Event& event) {
      return event.kind == EventKind::field && event.at.line == 0 && event.at.segment == 0 &&
             event.at.row == 0;
    });
    if (nowhere != events.end())
      wrong(fmt::format("{}: field {} has no position in the source", sample.name, nowhere->number));
    for (const Event& event : events)
      if (event.kind == EventKind::begin_document)
        announced(sample.name, static_cast<DocumentType>(event.number));

    RecordedDocument second;
    if (!read(sample.text, second) || describe(second.events.events()) != describe(events))
      wrong(sample.name + " reads differently the second time");
    Enough enough;
    const Outcome stopped = read(sample.text, enough);
    if (enough.left == 0 && (stopped || stopped.error().message != "enough"))
      wrong("goes on reading after it was told to stop");
    if (services_.ignored_stop) wrong("does not return when it is told to stop");
  }

  void announced(const std::string& sample, DocumentType type) {
    for (const FormatInfo& format : connector_->info().formats) {
      if (format.messages.empty()) return;  // the configuration says
      for (const MessageInfo& message : format.messages)
        if (message.document == type || message.document == DocumentType::none) return;
    }
    wrong(fmt::format("{} gives a document type that none of its messages has", sample));
  }

  // May be refused, with a reason; but a finding that stands in one of its tables says that it does not
  // compile.
  void write_empty(const FormatInfo& format, const MessageInfo& message, const std::string& version) {
    Event empty[2];
    empty[0].kind = EventKind::begin_document;
    empty[0].number = static_cast<std::uint16_t>(message.document);
    empty[1].kind = EventKind::end_document;
    Request request;
    request.format = format.name;
    request.message = message.name;
    request.version = version;
    MemorySink out;
    RecordedDocument notes;
    const Outcome done = connector_->encode(
        request, [&](EventSink& sink) { return replay(std::span<const Event>(empty), sink); }, out, notes);
    for (const Finding& finding : notes.report.findings()) {
      if (finding.severity < Severity::error || std::ranges::find(tables_, finding.source) == tables_.end())
        continue;
      const auto same = [&](const Finding& f) {
        return f.source == finding.source && f.at == finding.at && f.code == finding.code;
      };
      // Several messages use one file.
      if (std::ranges::none_of(report_.findings(), same)) report_.add(finding);
    }
    // A service that the command line does not have is the caller's lack.
    if (!message.encodes || done || done.error().what != StatusClass::defect ||
        done.error().code == "HOST-0020")
      return;
    wrong(fmt::format("writing an empty {} ends with {}: {}", message.name, done.error().code,
                      done.error().message));
  }

  // An empty document of each message and version: that compiles the table, of a message it only reads, too.
  void writing() {
    tables_ = connector_->tables();
    for (const FormatInfo& format : connector_->info().formats)
      for (const MessageInfo& message : format.messages) {
        if (message.versions.empty()) write_empty(format, message, {});
        for (const std::string& version : message.versions) write_empty(format, message, version);
      }
  }

  // [any]: the same calls from four threads at once, in process, must give the same.
  void threads() {
    ContractCheck inside = check_;
    inside.config.isolation = Isolation::in_process;
    auto loaded = load_connector(inside.config, services_);
    if (!loaded) return wrong("cannot be loaded in process");
    std::atomic<int> differences = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < 4; ++i)
      workers.emplace_back([&] {
        for (const NamedText& sample : check_.samples) {
          RecordedDocument alone;
          RecordedDocument together;
          MemorySource source(sample.text);
          const Outcome expected = read(sample.text, alone);
          const Outcome got = (*loaded)->decode({}, source, together);
          if (expected.has_value() != got.has_value() ||
              describe(alone.events.events()) != describe(together.events.events()))
            ++differences;
        }
      });
    for (std::thread& worker : workers) worker.join();
    if (differences != 0) wrong("gives other results when called from several threads at once");
  }

  ContractCheck check_;
  Listening services_;
  std::shared_ptr<Connector> connector_;
  std::vector<std::string> tables_;
  Report report_;
};

}  // namespace

Report check_connector(const ContractCheck& check) { return Check(check).run(); }

Report check_connector(const std::string& path) {
  ContractCheck check;
  check.config.path = path;
  return check_connector(check);
}

}  // namespace purser::plugin
