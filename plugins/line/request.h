// What passes the line between gateway and connector, in C++: a piece of work and what a connector is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canonical/spec/descriptor.h"

namespace purser::plugin {

/// One piece of work. Empty format, message or version when reading: the connector finds out.
struct Request {
  std::string format;                 ///< one of the connector's formats: "edifact"
  std::string message;                ///< "INVOIC", "Invoice"
  std::string version;                ///< "D96A", "2.1"
  std::string media_type;             ///< as the sender declared it
  std::string file_name;              ///< without folder
  std::string tenant;                 ///< whose document; scope of key-value, sequences and secrets
  std::string partner;                ///< the other side, as the configuration names it
  std::string settings;               ///< JSON object: the route's settings over the connector's
  std::vector<std::string> overlays;  ///< partner overlays by table name, first applied first
  bool strict = false;                ///< warnings count as errors
};

/// What a file seems to be, judged by its first bytes.
struct Detection {
  std::uint32_t confidence = 0;  ///< 0 not mine … 100 certain
  std::string format;
  std::string message;
  std::string version;
};

/// A table, layout, code map or overlay from the configuration.
struct NamedText {
  std::string name;  ///< path below the configured folder: "acme/invoice.map"
  std::string text;
};

struct MessageInfo {
  std::string name;
  DocumentType document = DocumentType::none;  ///< none: whichever the configuration says
  bool decodes = false;
  bool encodes = false;
  std::vector<std::string> versions;  ///< newest first
};

struct FormatInfo {
  std::string name;
  std::string title;
  bool decodes = false;
  bool encodes = false;
  std::vector<std::string> media_types;  ///< the first is what encode writes
  std::vector<MessageInfo> messages;
};

/// What a connector says of itself, readable without running more of it than its entry.
struct ConnectorInfo {
  std::string name;
  std::string version;
  std::string title;
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor = 0;
  bool serial = false;  ///< one call at a time for each instance
  std::vector<FormatInfo> formats;
  std::string settings_schema;  ///< JSON Schema 2020-12; empty: takes no settings
  std::vector<std::string> secrets;
  std::vector<std::string> needs;  ///< extensions it cannot do without
};

/// A document whose bytes are all there. Borrows them.
struct WholeDocument {
  Request request;
  std::string_view bytes;
};

}  // namespace purser::plugin
