#include "plugins/line/library.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "plugins/line/convert.h"

namespace purser::plugin {
namespace {

// A connector with all its tables is a few megabytes; this stops a wrong path from filling the memory.
constexpr std::uint64_t max_library_bytes = std::uint64_t{256} << 20;
constexpr std::size_t copy_step = 256 << 10;

std::unexpected<Status> refused(std::string code, std::string message) {
  return std::unexpected(Status{StatusClass::defect, std::move(code), std::move(message)});
}

std::string error_text(int number) {
  std::array<char, 128> buffer{};
  return strerror_r(number, buffer.data(), buffer.size());
}

// Reads `file` to its end, hashing, and writing to `copy` unless that is negative.
std::expected<std::string, Status> hash_and_copy(const std::string& path, int file, int copy) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!hash || EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) != 1)
    return refused("HOST-0021", "no SHA-256");
  std::string buffer(copy_step, '\0');
  std::uint64_t total = 0;
  for (;;) {
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused("HOST-0001", fmt::format("{}: {}", path, error_text(errno)));
    if (got == 0) break;
    total += static_cast<std::uint64_t>(got);
    if (total > max_library_bytes)
      return refused("HOST-0001", fmt::format("{}: larger than a connector is", path));
    EVP_DigestUpdate(hash.get(), buffer.data(), static_cast<std::size_t>(got));
    for (ssize_t done = 0; copy >= 0 && done < got;) {
      const ssize_t written = ::write(copy, buffer.data() + done, static_cast<std::size_t>(got - done));
      if (written < 0) return refused("HOST-0021", fmt::format("memory for {}: {}", path, error_text(errno)));
      done += written;
    }
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(hash.get(), digest.data(), &length);
  std::string hex;
  for (unsigned i = 0; i < length; ++i) fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
  return hex;
}

std::expected<Descriptor, Status> open_library(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return refused("HOST-0001", fmt::format("{}: {}", path, error_text(errno)));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return refused("HOST-0001", fmt::format("{}: not a regular file", path));
  return file;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

int Descriptor::release() { return std::exchange(number_, -1); }

std::expected<std::string, Status> hash_file(const std::string& path) {
  auto file = open_library(path);
  if (!file) return std::unexpected(file.error());
  return hash_and_copy(path, file->get(), -1);
}

std::expected<Image, Status> read_image(const std::string& path, const std::string& expected_sha256) {
  auto file = open_library(path);
  if (!file) return std::unexpected(file.error());
  Descriptor memory(::memfd_create("connector", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.valid()) return refused("HOST-0021", fmt::format("memory for {}: {}", path, error_text(errno)));
  auto hash = hash_and_copy(path, file->get(), memory.get());
  if (!hash) return std::unexpected(hash.error());
  if (!expected_sha256.empty() && *hash != expected_sha256)
    return refused("HOST-0002",
                   fmt::format("{}: has SHA-256 {}, the manifest says {}", path, *hash, expected_sha256));
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
    return refused("HOST-0021", fmt::format("seal {}: {}", path, error_text(errno)));
  return Image{std::move(memory), *std::move(hash)};
}

std::expected<const purser_connector*, Status> load_entry(Descriptor image) {
  const std::string name = fmt::format("/proc/self/fd/{}", image.get());
  void* library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    return refused("HOST-0003", reason == nullptr ? "dlopen failed" : reason);
  }
  image.release();
  using EntryFunction = const purser_connector* (*)();
  const auto function = reinterpret_cast<EntryFunction>(::dlsym(library, PURSER_CONNECTOR_ENTRY));
  if (function == nullptr) return refused("HOST-0004", "does not export " PURSER_CONNECTOR_ENTRY);
  const purser_connector* entry = nullptr;
  try {
    entry = function();
  } catch (...) {
    return refused("HOST-0011", "an exception left " PURSER_CONNECTOR_ENTRY);
  }
  if (entry == nullptr) return refused("HOST-0004", PURSER_CONNECTOR_ENTRY " returned null");
  if (entry->major != PURSER_ABI_MAJOR)
    return refused("HOST-0005", fmt::format("built for version {}.{} of the plugin line, this host has {}.{}",
                                            entry->major, entry->minor, PURSER_ABI_MAJOR, PURSER_ABI_MINOR));
  // Whatever minor: all members of 1.0 must be there; later ones are optional.
  if (!PURSER_HAS(entry, extension))
    return refused("HOST-0006", fmt::format("the entry has {} bytes, version 1.0 has {}", entry->size,
                                            offsetof(purser_connector, extension) + sizeof entry->extension));
  return entry;
}

}  // namespace purser::plugin
