// Bodies in append-only files with a checksum on each record.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "gateway/journal/body_store.h"
#include "gateway/port/file_system.h"

namespace purser::gateway {

/// Files "bodies/00000001.bodies". A record is a header (magic, length, XXH3-64 of the content) and the
/// content. A file is only ever appended to by the process that made it: what a crash tore lies behind the
/// last record that anything refers to, and is never written over. A large body has a file of its own, with
/// one record.
class SegmentStore final : public BodyStore {
 public:
  static constexpr std::uint64_t max_segment = 256ULL << 20;  ///< so that compaction can free in small steps
  static constexpr std::uint64_t reserve_step = 8ULL
                                                << 20;  ///< preallocated at a time; lost at most once a crash
  static constexpr std::uint64_t header_size = 24;
  static constexpr std::size_t max_open_files = 64;  ///< for reading; old segments are read seldom

  /// `folder` is made if `create`.
  static std::expected<std::unique_ptr<SegmentStore>, Status> open(std::string folder, FileSystem& files,
                                                                   bool create);
  SegmentStore(std::string folder, FileSystem& files) : folder_(std::move(folder)), files_(files) {}

  /// The disk begins with them at once: what the caller does before sync() takes no time beside it.
  std::expected<std::vector<BodyRef>, Status> append(std::span<const std::string_view> bodies) override;
  Outcome sync() override;
  std::expected<std::unique_ptr<BodyWriter>, Status> open_large(const std::string& tenant) override;
  std::expected<std::string, Status> read(const BodyRef& where) override;
  std::expected<std::size_t, Status> read_piece(const BodyRef& where, std::uint64_t offset,
                                                std::span<char> into) override;
  Outcome verify(const BodyRef& where) override;

  /// A segment to which nothing is being written.
  struct AtRest {
    std::uint32_t number = 0;
    std::uint64_t bytes = 0;
  };
  std::expected<std::vector<AtRest>, Status> segments_at_rest();  ///< [any]
  Outcome remove_segment(std::uint32_t number);                   ///< [any]

  [[nodiscard]] std::string path_of(std::uint32_t file) const;

 private:
  friend class LargeBody;
  struct NewFile {
    std::uint32_t number = 0;
    std::unique_ptr<File> file;
  };
  std::expected<NewFile, Status> new_file();
  void close_file(const NewFile& file);
  std::expected<std::shared_ptr<File>, Status> reader(std::uint32_t file);
  std::expected<std::uint64_t, Status> checksum_at(File& file, const BodyRef& where);
  void abandon();
  Outcome write_records(std::span<const std::string_view> bodies, std::vector<BodyRef>& places);

  std::string folder_;
  FileSystem& files_;
  std::mutex naming_;  ///< new_file() is called by the journal's writer and by uploads
  std::uint32_t last_number_ = 0;
  std::set<std::uint32_t> open_;  ///< being written, by naming_

  NewFile segment_;  ///< being appended to; no file until the first append
  std::uint64_t end_ = 0;
  std::uint64_t reserved_ = 0;
  std::uint64_t let_go_ = 0;  ///< what lies before is no longer kept in memory
  bool unsynced_ = false;
  std::string buffer_;

  std::mutex readers_mutex_;
  std::map<std::uint32_t, std::shared_ptr<File>> readers_;
};

}  // namespace purser::gateway
