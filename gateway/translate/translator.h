// From bytes to canonical documents and back, through connectors.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "gateway/message/message.h"

namespace purser::plugin {
class Handed;
}

namespace purser::gateway {

/// Gives the next bytes of a source, 0 at the end.
using Pull = std::function<std::expected<std::size_t, Status>(std::span<char>)>;

/// What is to be read.
struct DecodeOrder {
  std::string connector;  ///< empty: detected from `file_name`, `media_type` and the first bytes
  std::string file_name, media_type;
  std::string tenant;    ///< whose numbers and values the connector counts with; empty: the default's
  std::string partner;   ///< chooses the overlay
  std::string settings;  ///< JSON object: the source's over the connector's; may be empty
  std::vector<std::string> rules;  ///< packs of business rules to judge the documents by (canonical/rule)
  std::vector<std::string>
      source_rules;  ///< packs the connector judges the source by; none: those of `rules`
  std::chrono::milliseconds deadline{30'000};
  plugin::Handed* handed =
      nullptr;  ///< the next document of these is the one to read (Connectors::hand_over)
};
/// What is to be written.
struct EncodeOrder {
  std::string connector;
  std::string format;  ///< JSON object
  std::string tenant, partner;
  std::chrono::milliseconds deadline{30'000};
};

/// The name of Purser's own JSON among connectors.
inline constexpr std::string_view canonical_connector = "canonical";
/// Whether a source begins as Purser's own JSON does, with its document member; no other format does.
bool is_canonical(std::string_view first_bytes);

/// Adds to a file's findings why it could not be read, unless its own findings said it already.
void add_failure(const Status& status, std::vector<Finding>& findings);

/// The connectors as the gateway sees them; behind it is plugins/host. [any]
class Connectors {
 public:
  virtual ~Connectors() = default;
  /// Name of the connector that reads this, empty if none does.
  virtual std::string detect(const DecodeOrder& order, std::string_view first_bytes) = 0;
  /// Decodes all documents of a source. A Status is about the connector (missing, crashed, too slow) or the
  /// source as a whole; what is wrong with a document goes to `into` as findings.
  virtual Outcome decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) = 0;
  /// Gives several whole documents to the connector that they all name, to be read in this order with
  /// DecodeOrder::handed; until they are, nothing else may be asked for. Null where it is of no use.
  virtual std::shared_ptr<plugin::Handed> hand_over(std::span<const DecodeOrder> /*orders*/,
                                                    std::span<const std::string_view> /*documents*/) {
    return nullptr;
  }
  /// Encodes one document handed in as events: `feed` pushes them all into the sink that it is given.
  virtual Outcome encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                         const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) = 0;
  /// Media type and file extension of what `order` writes.
  virtual std::pair<std::string, std::string> media_of(const EncodeOrder& order) = 0;
};

/// One document written in another format.
struct Written {
  std::string bytes;
  std::vector<Finding> findings;
  std::vector<Loss> losses;          ///< canonical values that the format has no place for
  std::uint64_t losses_dropped = 0;  ///< beyond LossReport::max_losses
  [[nodiscard]] bool has(Severity at_least) const;
};

/// Decodes, checks, extracts keys; encodes from canonical JSON. [any]
class Translator {
 public:
  explicit Translator(Connectors& connectors) : connectors_(connectors) {}

  /// Called with each document as it ends: canonical JSON, keys, findings (DocumentChecker's included),
  /// losses.
  using EachDocument = std::function<Outcome(Document&&)>;
  /// See Connectors.
  std::shared_ptr<plugin::Handed> hand_over(std::span<const DecodeOrder> orders,
                                            std::span<const std::string_view> documents) {
    return connectors_.hand_over(orders, documents);
  }
  /// Findings of the file itself go to `file`; an error ends the reading, what was handed over stays valid.
  /// `connector` is set to the one that reads, before the first document.
  Outcome decode(const DecodeOrder& order, const Pull& source, const EachDocument& each, Report& file,
                 std::string& connector);
  /// The same, whole, for sources whose documents fit in memory. What is wrong with the source is a finding
  /// of the result; only what may pass (connector busy, overloaded) is an error.
  std::expected<Understanding, Status> decode(const DecodeOrder& order, const Pull& source);
  std::expected<Understanding, Status> decode(const DecodeOrder& order, std::string_view bytes);
  /// Canonical JSON of one document into a format; an empty connector gives the JSON itself.
  std::expected<Written, Status> encode(const EncodeOrder& order, std::string_view canonical);
  /// Media type and file extension of what `order` writes.
  std::pair<std::string, std::string> media_of(const EncodeOrder& order);

 private:
  Connectors& connectors_;
};

}  // namespace purser::gateway
