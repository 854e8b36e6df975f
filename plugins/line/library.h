// A connector's shared library: an image that cannot change any more, and its entry once loaded.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "canonical/event/event.h"
#include "canonical/finding/finding.h"
#include "plugins/abi/purser.h"
#include "plugins/line/request.h"

namespace purser::plugin {

/// A file descriptor, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool valid() const { return number_ >= 0; }
  int release();

 private:
  int number_;
};

/// The bytes of a library in sealed memory: what was hashed is what is loaded, whatever happens to the file.
struct Image {
  Descriptor file;     ///< memfd, sealed against every change
  std::string sha256;  ///< lower case hex
};

/// Copies the file into sealed memory and hashes it there. HOST-0001 if it cannot be read or is too large,
/// HOST-0002 if `expected_sha256` is not empty and differs. [any]
std::expected<Image, Status> read_image(const std::string& path, const std::string& expected_sha256);

/// SHA-256 of a file in lower case hex. [any]
std::expected<std::string, Status> hash_file(const std::string& path);

/// Loads an image with RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE, negotiates the version and checks that the
/// entry is whole (HOST-0003 … HOST-0006). Nothing is ever unloaded. The descriptor stays open for good: the
/// dynamic linker knows libraries by name, and a number used again would be taken for this library. [any]
std::expected<const purser_connector*, Status> load_entry(Descriptor image);

/// The entry's description, checked: names, sizes, document types, directions against functions. All that is
/// wrong is reported (HOST-0007), HOST-0008 for extensions needed and not offered. [any]
std::expected<ConnectorInfo, Report> describe(const purser_connector& entry);

}  // namespace purser::plugin
