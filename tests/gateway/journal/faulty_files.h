// Storage that fails on demand.
#pragma once

#include <atomic>
#include <utility>
#include <vector>

#include "gateway/port/file_system.h"

namespace purser::gateway {

/// Passes everything to the system's files until told otherwise.
class FaultyFiles final : public FileSystem {
 public:
  enum class Fault { none, full, sync_fails, torn_write };
  std::atomic<Fault> fault{Fault::none};
  /// Ranges of files that let_go() was told of, one behind the other.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> let_go;

  std::expected<std::unique_ptr<File>, Status> open_for_reading(const std::string& path) override {
    return real_.open_for_reading(path);
  }
  std::expected<std::unique_ptr<File>, Status> open(const std::string& path, bool create) override {
    return wrap(real_.open(path, create));
  }
  std::expected<std::unique_ptr<File>, Status> create_new(const std::string& path) override {
    return wrap(real_.create_new(path));
  }
  Outcome make_directory(const std::string& path) override { return real_.make_directory(path); }
  Outcome rename(const std::string& from, const std::string& to) override { return real_.rename(from, to); }
  Outcome remove(const std::string& path) override { return real_.remove(path); }
  Outcome sync_directory(const std::string& path) override { return real_.sync_directory(path); }
  std::expected<std::vector<std::string>, Status> list(const std::string& path) override {
    return real_.list(path);
  }

 private:
  static Outcome broken(const char* what) {
    return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0001", what});
  }

  class FaultyFile final : public File {
   public:
    FaultyFile(FaultyFiles& owner, std::unique_ptr<File> file) : owner_(owner), file_(std::move(file)) {}
    Outcome write_at(std::uint64_t offset, std::span<const char> bytes) override {
      if (owner_.fault == Fault::full) return broken("no space left on device");
      if (owner_.fault == Fault::torn_write) {
        static_cast<void>(file_->write_at(offset, bytes.first(bytes.size() / 2)));
        return broken("input/output error");
      }
      return file_->write_at(offset, bytes);
    }
    std::expected<std::size_t, Status> read_at(std::uint64_t offset, std::span<char> into) override {
      return file_->read_at(offset, into);
    }
    Outcome allocate(std::uint64_t length) override {
      if (owner_.fault == Fault::full) return broken("no space left on device");
      return file_->allocate(length);
    }
    void let_go(std::uint64_t offset, std::uint64_t length) override {
      owner_.let_go.emplace_back(offset, length);
      file_->let_go(offset, length);
    }
    Outcome sync() override {
      if (owner_.fault == Fault::sync_fails) return broken("input/output error");
      return file_->sync();
    }
    std::expected<std::uint64_t, Status> size() override { return file_->size(); }

   private:
    FaultyFiles& owner_;
    std::unique_ptr<File> file_;
  };

  std::expected<std::unique_ptr<File>, Status> wrap(std::expected<std::unique_ptr<File>, Status> file) {
    if (!file) return file;
    return std::make_unique<FaultyFile>(*this, std::move(*file));
  }

  SystemFiles real_;
};

}  // namespace purser::gateway
