// A mapping table, compiled: the thing that turns syntax into canonical events and back.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// A table, layout, code map or overlay file. `name` is what errors and explanations show.
struct TableFile {
  std::string name;
  std::string_view text;
};

class CallTable;     // call.h: the named pure functions a connector offers to its tables
class Plan;          // plan.h: what the compiler made of the rows
class SegmentTable;  // segment_form.h
class IdleDecoders;  // reading.h: what a Decoder leaves to the next
class IdleEncoders;  // writing.h: the same of Encoders

/// A namespace by the prefix the layout gives it; the root element's own has the empty prefix.
struct NamespaceName {
  std::string_view prefix;
  std::string_view uri;
};

/// What a `delimited` table says about its files. Views live as long as the Program.
struct DelimitedForm {
  char separator = 0;  ///< 0: not said, to be detected
  char quote = '"';    ///< 0: no quoting
  bool heading = true;
  std::string_view charset;
  std::string_view document_key;         ///< heading of `document by "..."`; empty if none
  std::uint32_t document_column = 0;     ///< of `document by column(n)`; 0 if none
  std::span<const std::string> columns;  ///< headings in row order, for writing
};

/// One compiled mapping table with its layout and overlays. Immutable; shared between threads. [any]
class Program {
 public:
  /// Compiles `main` with the files it uses. All errors are found here, each with file (Finding::source),
  /// line, column, what was expected and the nearest right name; none stops the search for the next.
  /// `version` is the one of a table that serves several (`map x12 850 * <-> …`).
  static std::expected<std::shared_ptr<const Program>, Report> load(const TableFile& main,
                                                                    std::span<const TableFile> library,
                                                                    std::span<const TableFile> overlays,
                                                                    const CallTable& calls,
                                                                    std::string_view version = {});

  [[nodiscard]] std::string_view syntax() const;   ///< "xml", "edifact", "delimited"
  [[nodiscard]] std::string_view message() const;  ///< "INVOIC", "Invoice"
  [[nodiscard]] std::string_view version() const;  ///< "D96A", "2.1"
  [[nodiscard]] DocumentType document() const;
  [[nodiscard]] bool reads() const;   ///< <-> or ->
  [[nodiscard]] bool writes() const;  ///< <-> or <-
  /// The tables by Position::table - 1: file names, so that a row can be shown.
  [[nodiscard]] std::span<const std::string> tables() const;
  /// What an XML reader calls namespaces by, so that names arrive with the layout's prefixes.
  [[nodiscard]] std::span<const NamespaceName> namespaces() const { return namespaces_; }
  [[nodiscard]] DelimitedForm delimited() const;
  [[nodiscard]] const Plan& plan() const;
  /// The segments of an EDI layout, made when first asked for.
  [[nodiscard]] const SegmentTable& segments() const;
  [[nodiscard]] IdleDecoders& idle_decoders() const { return *idle_decoders_; }
  [[nodiscard]] IdleEncoders& idle_encoders() const { return *idle_encoders_; }

  explicit Program(std::unique_ptr<const Plan> plan);
  ~Program();

 private:
  std::unique_ptr<const Plan> plan_;
  std::vector<NamespaceName> namespaces_;
  mutable std::once_flag segments_made_;
  mutable std::unique_ptr<const SegmentTable> segments_;
  std::unique_ptr<IdleDecoders> idle_decoders_;
  std::unique_ptr<IdleEncoders> idle_encoders_;
};

/// Bounds on one document; each protects memory against a hostile or absurd source.
struct Limits {
  std::uint32_t max_depth = 100;              ///< nested nodes; UBL needs 12, cXML 15
  std::uint32_t max_header_values = 200'000;  ///< values outside streamed lists; they are held until written
  std::uint32_t max_line_values = 100'000;    ///< values of one element of a streamed list
  std::uint64_t max_held = std::uint64_t{128}
                           << 20;        ///< bytes of the header, of a line or of a node with all in it; an
                                         ///< attachment of 64 MiB takes 90 as base64
  std::uint64_t max_lines = 10'000'000;  ///< elements of a streamed list
  bool remember_shapes = true;  ///< false: rows are asked at every line, slower; the outcome is the same
};

/// Reads: takes syntax, gives canonical events. One document; not thread safe; a Program serves many
/// Decoders and outlives them.
class Decoder : public SyntaxSink {
 public:
  Decoder(const Program& program, DocumentSink& out, const Limits& limits = {});
  ~Decoder() override;
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  Outcome segment(const Segment& whole) override;
  ElementSink* whole_elements() override;
  /// Ends the document: last events, findings for what is missing.
  Outcome finish(const Position& at);

  class State;

 private:
  const Program& program_;
  std::unique_ptr<State> state_;
};

/// Writes: takes one canonical document (streamed lists last, see HeaderFirst), gives syntax in row order.
class Encoder : public EventSink {
 public:
  /// Values that rows name as $name, asked for with the sign: "$interchange_reference", "$message_reference".
  /// "$decimal_mark" is asked once for EDI. `$index` is the engine's own: the number of the `each` element.
  using Variables = std::function<std::string(std::string_view name)>;

  /// Findings (value that the format cannot hold, required source missing) and losses (canonical values no
  /// row writes) go to `notes`. Without `remember_shapes` rows are asked at every line, slower; the outcome
  /// is the same.
  Encoder(const Program& program, SyntaxSink& out, DocumentSink& notes, Variables variables = {},
          bool remember_shapes = true);
  ~Encoder() override;
  Outcome push(std::span<const Event> batch) override;
  Outcome finish();

  class State;

 private:
  const Program& program_;
  std::unique_ptr<State> state_;
};

}  // namespace purser::map
