// The seam between readers/writers (which know a syntax) and the mapping engine (which knows tables).
// A document in any syntax is a tree of nodes with leaves: an XML element with its text and attributes;
// an EDIFACT or X12 segment with its data elements; a CSV record with its columns.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "canonical/event/event.h"
#include "canonical/value/position.h"

namespace purser::map {

class ElementSink;  // element_form.h

/// Where a leaf sits in its node.
///  XML: name is "" for the element's own text, else the attribute's name; the numbers are 0.
///  EDI: name is empty; element and component count from 1, repetition from 1 (EDIFACT syntax 4, X12 5010).
///  Delimited: element is the column, counted from 1; name is the heading, where there is one.
struct LeafAddress {
  std::string_view name;
  std::uint16_t element = 0;
  std::uint16_t component = 0;
  std::uint16_t repetition = 0;
};

/// A value of an EDI segment.
struct SegmentValue {
  LeafAddress where;
  std::string_view text;
  Position at;
};

/// A whole EDI segment, its values in the order of their places.
struct Segment {
  std::string_view tag;
  std::span<const SegmentValue> values;
  std::string_view
      bytes;  ///< where the texts of all values stand, near each other; empty if they stand apart
  Position at;
  /// Not 0: a segment that came with this number before had the same tag and values at the same places, none
  /// of them empty. No other arrangement of the process has the number.
  std::uint64_t arrangement = 0;
};

/// Takes a document in syntax form: a Decoder on the way in, a writer on the way out.
/// Strings are borrowed until the call returns. Not thread safe. Errors end the document.
/// Order within a node: open, its attributes or data elements in source order, then text and
/// child nodes as they come, close. Mixed text between children is passed as leaves with name "".
class SyntaxSink {
 public:
  virtual ~SyntaxSink() = default;
  /// An element ("cbc:ID": the layout's prefix, whatever the document used; "{uri}local" if the
  /// namespace is unknown), a segment ("NAD") or a record ("record").
  virtual Outcome open(std::string_view name, const Position& at) = 0;
  virtual Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) = 0;
  virtual Outcome close(const Position& at) = 0;
  /// The same as open, a leaf for each value and close, which it comes to unless a sink knows better.
  virtual Outcome segment(const Segment& whole) {
    if (auto done = open(whole.tag, whole.at); !done) return done;
    for (const SegmentValue& value : whole.values) {
      if (auto done = leaf(value.where, value.text, value.at); !done) return done;
    }
    return close(whole.at);
  }
  /// Asked where an XML element begins and where it has ended: not null if it may be taken whole by the form
  /// of one before it, or its form may be kept.
  virtual ElementSink* whole_elements() { return nullptr; }
};

}  // namespace purser::map
