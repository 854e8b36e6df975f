// Canonical JSON to canonical events, as a stream, with exact positions.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string_view>

#include "canonical/event/document_sink.h"

namespace purser {

/// Fills up to `into.size()` bytes; 0 means the end. May return less than asked for.
using TextInput = std::function<std::expected<std::size_t, Status>(std::span<char> into)>;

/// Reads from `text`, which must outlive the input.
TextInput input_from_text(std::string_view text);

struct JsonLimits {
  std::uint32_t max_depth = 64;  ///< open objects and arrays: twice what the model needs
  std::uint64_t max_string = std::uint64_t{96} << 20;  ///< one string; base64 of the largest attachment
  std::uint64_t max_size = std::uint64_t{16} << 30;    ///< the whole text
};

/// Reads one or more documents (JSON Lines or white space between them), pushing events in batches and
/// findings as they come. An unknown member is a JSON-0002 finding with the nearest name and is skipped with
/// all it holds; a value of the wrong type JSON-0003; null counts as absent. Broken JSON ends the work with
/// JSON-0001 and StatusClass::invalid. `document` must be the first member. Decimals may be strings or
/// numbers; numbers are taken exactly as written.
Outcome read_json(const TextInput& input, DocumentSink& out, const JsonLimits& limits = {});
Outcome read_json(std::string_view text, DocumentSink& out, const JsonLimits& limits = {});

}  // namespace purser
