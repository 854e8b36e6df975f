#include "gateway/xsd/xml_schemas.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/schemasInternals.h>
#include <libxml/xmlschemas.h>

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;

/// The folder that this thread may open files of; null: none.
thread_local const fs::path* open_folder = nullptr;

// libxml2 asks for whatever it would open: schemas, what they import, entities, what a document points to.
xmlParserInputPtr open_if_allowed(const char* url, const char* /*id*/, xmlParserCtxtPtr context) {
  if (url == nullptr || open_folder == nullptr) return nullptr;
  std::string_view place(url);
  constexpr std::string_view scheme = "file://";
  if (place.starts_with(scheme)) place.remove_prefix(scheme.size());
  std::error_code failed;
  const auto file = fs::canonical(fs::path(place), failed);
  if (failed) return nullptr;
  const auto [end, unused] =
      std::mismatch(open_folder->begin(), open_folder->end(), file.begin(), file.end());
  return end == open_folder->end() ? xmlNewInputFromFile(context, file.c_str()) : nullptr;
}

void prepare() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(&open_if_allowed);
  });
}

// Keeps the first fault.
void note_fault(void* into, xmlErrorPtr error) {
  auto& fault = *static_cast<std::string*>(into);
  if (!fault.empty() || error == nullptr || error->level < XML_ERR_ERROR) return;
  std::string_view message = error->message == nullptr ? "" : error->message;
  while (message.ends_with('\n')) message.remove_suffix(1);
  fault = fmt::format("{}:{}: {}", error->file == nullptr ? "" : error->file, error->line, message);
}

void say_nothing(void*, const char*, ...) {}

std::expected<std::vector<std::string>, std::string> files_of(std::span<const std::string> places) {
  std::vector<std::string> files;
  for (const auto& place : places) {
    std::error_code failed;
    if (!fs::is_directory(place, failed)) {
      files.push_back(place);
      continue;
    }
    for (const auto& entry : fs::directory_iterator(place, failed)) {
      if (entry.path().extension() == ".xsd") files.push_back(entry.path().string());
    }
    if (failed) return std::unexpected(place + " cannot be read");
  }
  std::ranges::sort(files);
  if (files.empty()) return std::unexpected("there is no *.xsd");
  if (files.size() > XmlSchemas::most)
    return std::unexpected(fmt::format("there are {} schemas, and {} at most: name those that are needed",
                                       files.size(), XmlSchemas::most));
  return files;
}

}  // namespace

void XmlSchemas::Free::operator()(_xmlSchema* schema) const { xmlSchemaFree(schema); }

std::expected<std::shared_ptr<const XmlSchemas>, std::string> XmlSchemas::load(
    std::span<const std::string> places, const std::string& root) {
  prepare();
  const auto files = files_of(places);
  if (!files) return std::unexpected(files.error());
  std::error_code failed;
  const auto folder = fs::canonical(root, failed);
  if (failed) return std::unexpected(root + " cannot be read");
  auto out = std::make_shared<XmlSchemas>();
  for (const auto& file : *files) {
    std::string fault;
    const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> parser(
        xmlSchemaNewParserCtxt(file.c_str()), xmlSchemaFreeParserCtxt);
    if (!parser) return std::unexpected("no memory for " + file);
    xmlSchemaSetParserStructuredErrors(parser.get(), &note_fault, &fault);
    // What fails to open is told to the thread's handler, not to the parser's.
    xmlSetStructuredErrorFunc(&fault, &note_fault);
    xmlSetGenericErrorFunc(nullptr, &say_nothing);
    open_folder = &folder;
    std::unique_ptr<_xmlSchema, Free> schema(xmlSchemaParse(parser.get()));
    open_folder = nullptr;
    xmlSetStructuredErrorFunc(nullptr, nullptr);
    if (!schema || !fault.empty())
      return std::unexpected(fault.empty() ? file + " is no XML Schema that can be read from below " + root
                                           : fault);
    const auto* space = schema->targetNamespace;
    out->spaces_.emplace_back(space == nullptr ? "" : reinterpret_cast<const char*>(space));
    out->schemas_.push_back(std::move(schema));
  }
  return out;
}

_xmlSchema* XmlSchemas::find(std::string_view name, std::string_view space) const {
  const std::string element(name);
  for (std::size_t i = 0; i < schemas_.size(); ++i) {
    if (spaces_[i] != space) continue;
    if (xmlHashLookup(schemas_[i]->elemDecl, reinterpret_cast<const xmlChar*>(element.c_str())) != nullptr)
      return schemas_[i].get();
  }
  return nullptr;
}

}  // namespace purser::gateway
