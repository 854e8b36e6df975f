// A body in a file of its own: written as it arrives, its header last, so that half a body is no record.
#include <openssl/evp.h>
#include <xxhash.h>

#include "gateway/journal/record_header.h"
#include "gateway/journal/segment_store.h"

namespace purser::gateway {

class LargeBody final : public BodyWriter {
 public:
  LargeBody(SegmentStore& store, SegmentStore::NewFile file)
      : store_(store),
        file_(std::move(file)),
        sum_(XXH3_createState(), XXH3_freeState),
        digest_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    XXH3_64bits_reset(sum_.get());
    EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
  }
  LargeBody(const LargeBody&) = delete;
  LargeBody& operator=(const LargeBody&) = delete;
  ~LargeBody() override {
    // If it cannot be removed, a file without a header stays, which nothing refers to.
    if (!finished_) static_cast<void>(store_.files_.remove(store_.path_of(file_.number)));
    store_.close_file(file_);
  }

  Outcome write(std::string_view piece) override {
    if (auto wrote = file_.file->write_at(SegmentStore::header_size + length_, piece); !wrote) return wrote;
    length_ += piece.size();
    XXH3_64bits_update(sum_.get(), piece.data(), piece.size());
    EVP_DigestUpdate(digest_.get(), piece.data(), piece.size());
    return {};
  }

  std::expected<BodyRef, Status> finish() override {
    // The content is synced before the header says that it is there.
    if (auto synced = file_.file->sync(); !synced) return std::unexpected(synced.error());
    std::string header;
    append_header(header, {length_, XXH3_64bits_digest(sum_.get())});
    if (auto wrote = file_.file->write_at(0, header); !wrote) return std::unexpected(wrote.error());
    if (auto synced = file_.file->sync(); !synced) return std::unexpected(synced.error());
    EVP_DigestFinal_ex(digest_.get(), hash_.data(), nullptr);
    finished_ = true;
    return BodyRef{file_.number, 0, length_};
  }

  [[nodiscard]] Sha256 hash() const override { return hash_; }

 private:
  SegmentStore& store_;
  SegmentStore::NewFile file_;
  std::uint64_t length_ = 0;
  std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> sum_;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest_;
  Sha256 hash_{};
  bool finished_ = false;
};

std::expected<std::unique_ptr<BodyWriter>, Status> SegmentStore::open_large(const std::string&) {
  auto made = new_file();
  if (!made) return std::unexpected(made.error());
  return std::make_unique<LargeBody>(*this, std::move(*made));
}

}  // namespace purser::gateway
