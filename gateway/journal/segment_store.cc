#include "gateway/journal/segment_store.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <cstring>

#include "gateway/journal/record_header.h"

namespace purser::gateway {
namespace {

// A body is read within moments of its coming, or not for long. What lies further back than this leaves
// memory, at each step of the next: otherwise bodies would push out everything that the machine keeps there,
// and each of their pages would be one that nobody has used for long.
constexpr std::uint64_t kept_in_memory = 64 << 20;
constexpr std::uint64_t let_go_step = 4 << 20;

constexpr std::size_t piece_size = 256 * 1024;  // for reading large bodies: few calls, little memory

std::unexpected<Status> damaged(const std::string& path, const BodyRef& where, std::string_view what) {
  return std::unexpected(Status{StatusClass::defect, "JOURNAL-0004",
                                fmt::format("{} at offset {}: {}", path, where.offset, what)});
}

}  // namespace

std::expected<std::unique_ptr<SegmentStore>, Status> SegmentStore::open(std::string folder, FileSystem& files,
                                                                        bool create) {
  if (create) {
    if (auto made = files.make_directory(folder); !made) return std::unexpected(made.error());
  }
  return std::make_unique<SegmentStore>(std::move(folder), files);
}

std::string SegmentStore::path_of(std::uint32_t file) const {
  return fmt::format("{}/{:08}.bodies", folder_, file);
}

std::expected<SegmentStore::NewFile, Status> SegmentStore::new_file() {
  const std::lock_guard lock(naming_);
  const auto names = files_.list(folder_);
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    const auto number = static_cast<std::uint32_t>(std::strtoul(name.c_str(), nullptr, 10));
    if (number > last_number_) last_number_ = number;
  }
  NewFile made;
  made.number = ++last_number_;
  auto file = files_.create_new(path_of(made.number));
  if (!file) return std::unexpected(file.error());
  made.file = std::move(*file);
  open_.insert(made.number);
  if (auto synced = files_.sync_directory(folder_); !synced) return std::unexpected(synced.error());
  return made;
}

void SegmentStore::close_file(const NewFile& file) {
  const std::lock_guard lock(naming_);
  open_.erase(file.number);
}

std::expected<std::vector<SegmentStore::AtRest>, Status> SegmentStore::segments_at_rest() {
  std::vector<AtRest> out;
  const std::lock_guard lock(naming_);
  const auto names = files_.list(folder_);
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    const auto number = static_cast<std::uint32_t>(std::strtoul(name.c_str(), nullptr, 10));
    if (number == 0 || open_.contains(number)) continue;
    const auto file = files_.open_for_reading(path_of(number));
    if (!file) return std::unexpected(file.error());
    const auto size = (*file)->size();
    if (!size) return std::unexpected(size.error());
    out.push_back({number, *size});
  }
  return out;
}

Outcome SegmentStore::remove_segment(std::uint32_t number) {
  {
    const std::lock_guard lock(readers_mutex_);
    readers_.erase(number);
  }
  return files_.remove(path_of(number));
}

Outcome SegmentStore::write_records(std::span<const std::string_view> bodies, std::vector<BodyRef>& places) {
  if (!segment_.file || end_ >= max_segment) {
    auto made = new_file();
    if (!made) return std::unexpected(made.error());
    close_file(segment_);
    segment_ = std::move(*made);
    end_ = reserved_ = let_go_ = 0;
  }
  buffer_.clear();
  for (const std::string_view body : bodies) {
    if (body.empty()) {
      places.emplace_back();
      continue;
    }
    places.push_back({segment_.number, end_ + buffer_.size(), body.size()});
    append_header(buffer_, {body.size(), XXH3_64bits(body.data(), body.size())});
    buffer_.append(body);
  }
  if (buffer_.empty()) return {};
  const std::uint64_t end = end_ + buffer_.size();
  if (end > reserved_) {
    const std::uint64_t wanted = (end / reserve_step + 1) * reserve_step;
    if (auto room = segment_.file->allocate(wanted); !room) return room;
    reserved_ = wanted;
  }
  if (auto wrote = segment_.file->write_at(end_, buffer_); !wrote) return wrote;
  segment_.file->start_sync(end_, buffer_.size());
  end_ = end;
  unsynced_ = true;
  return {};
}

// After a failed write or sync nobody knows what the file's tail holds.
void SegmentStore::abandon() {
  close_file(segment_);
  // A full disk is asked again and again: what holds nothing is not left behind each time.
  const bool empty = segment_.file != nullptr && end_ == 0;
  const std::uint32_t number = segment_.number;
  segment_ = {};
  if (empty) static_cast<void>(files_.remove(path_of(number)));
  unsynced_ = false;
}

std::expected<std::vector<BodyRef>, Status> SegmentStore::append(std::span<const std::string_view> bodies) {
  std::vector<BodyRef> places;
  places.reserve(bodies.size());
  if (auto written = write_records(bodies, places); !written) {
    abandon();
    return std::unexpected(written.error());
  }
  return places;
}

Outcome SegmentStore::sync() {
  if (!unsynced_) return {};
  Outcome synced = segment_.file->sync();
  unsynced_ = false;
  if (!synced) {
    abandon();
  } else if (end_ >= let_go_ + kept_in_memory + let_go_step) {
    segment_.file->let_go(let_go_, end_ - kept_in_memory - let_go_);
    let_go_ = end_ - kept_in_memory;
  }
  return synced;
}

std::expected<std::shared_ptr<File>, Status> SegmentStore::reader(std::uint32_t file) {
  const std::lock_guard lock(readers_mutex_);
  if (const auto found = readers_.find(file); found != readers_.end()) return found->second;
  auto opened = files_.open_for_reading(path_of(file));
  if (!opened) return std::unexpected(opened.error());
  if (readers_.size() >= max_open_files) readers_.erase(readers_.begin());
  return readers_[file] = std::shared_ptr<File>(std::move(*opened));
}

std::expected<std::string, Status> SegmentStore::read(const BodyRef& where) {
  if (!where.is_set()) return std::string();
  const auto file = reader(where.file);
  if (!file) return std::unexpected(file.error());
  std::string record(header_size + where.length, '\0');
  const auto got = (*file)->read_at(where.offset, record);
  if (!got) return std::unexpected(got.error());
  if (*got != record.size()) return damaged(path_of(where.file), where, "the file ends within the record");
  const auto header = parse_header(record);
  if (!header || header->length != where.length) return damaged(path_of(where.file), where, "no such record");
  record.erase(0, header_size);
  if (XXH3_64bits(record.data(), record.size()) != header->checksum) {
    return damaged(path_of(where.file), where, "the checksum does not hold");
  }
  return record;
}

std::expected<std::size_t, Status> SegmentStore::read_piece(const BodyRef& where, std::uint64_t offset,
                                                            std::span<char> into) {
  if (offset >= where.length) return 0;
  const auto file = reader(where.file);
  if (!file) return std::unexpected(file.error());
  const std::uint64_t left = where.length - offset;
  return (*file)->read_at(where.offset + header_size + offset,
                          into.first(std::min<std::uint64_t>(into.size(), left)));
}

Outcome SegmentStore::verify(const BodyRef& where) {
  const auto file = reader(where.file);
  if (!file) return std::unexpected(file.error());
  char head[header_size];
  const auto got = (*file)->read_at(where.offset, head);
  if (!got) return std::unexpected(got.error());
  const auto header = parse_header({head, *got});
  if (!header || header->length != where.length) return damaged(path_of(where.file), where, "no such record");
  const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(),
                                                                              XXH3_freeState);
  XXH3_64bits_reset(state.get());
  std::string piece(std::min<std::uint64_t>(piece_size, where.length), '\0');
  for (std::uint64_t at = 0; at < where.length;) {
    const auto more = read_piece(where, at, piece);
    if (!more) return std::unexpected(more.error());
    if (*more == 0) return damaged(path_of(where.file), where, "the file ends within the record");
    XXH3_64bits_update(state.get(), piece.data(), *more);
    at += *more;
  }
  if (XXH3_64bits_digest(state.get()) != header->checksum) {
    return damaged(path_of(where.file), where, "the checksum does not hold");
  }
  return {};
}

}  // namespace purser::gateway
