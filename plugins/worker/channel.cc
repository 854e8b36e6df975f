#include "plugins/worker/channel.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace purser::plugin {
namespace {

constexpr std::size_t receive_step = 64 << 10;  // an ordinary document with its events
constexpr std::size_t keep_at_most = 4 << 20;   // buffers above this are given back after a large attachment

Status broken(const char* what) { return {StatusClass::defect, "HOST-0016", what}; }

}  // namespace

Outcome Channel::send_pieces(wire::Kind kind, std::span<const std::string_view> pieces) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  if (size > wire::max_payload) return std::unexpected(broken("a frame too large to send"));
  const wire::Header header = wire::make_header(kind, size);
  Outcome sent = stream_.write({reinterpret_cast<const char*>(&header), sizeof header});
  for (const std::string_view piece : pieces) {
    if (sent) sent = stream_.write(piece);
  }
  gathered_ += sizeof header + size;
  if (!sent || gathered_ < wire::good_payload) return sent;
  return flush();
}

Outcome Channel::flush() {
  gathered_ = 0;
  return stream_.publish();
}

void Channel::make_room() {
  if (begin_ != 0) {
    std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  if (in_.size() - end_ < receive_step / 2)
    in_.resize(std::max(in_.size() + in_.size() / 2, end_ + receive_step));
}

// Receives until `needed` bytes are there in one piece. Grows with what arrives, not with what was announced.
Outcome Channel::fill(std::size_t needed) {
  while (end_ - begin_ < needed) {
    make_room();
    const auto got = stream_.read(std::span(in_).subspan(end_));
    if (!got) return std::unexpected(got.error());
    end_ += *got;
  }
  return {};
}

std::expected<Frame, Status> Channel::receive() {
  if (Outcome sent = flush(); !sent) return std::unexpected(std::move(sent.error()));
  if (begin_ == end_ && in_.size() > keep_at_most) in_ = {};
  if (Outcome got = fill(sizeof(wire::Header)); !got) return std::unexpected(std::move(got.error()));
  wire::Header header;
  std::memcpy(&header, in_.data() + begin_, sizeof header);
  if (!wire::is_valid(header)) return std::unexpected(broken("a frame with a wrong header"));
  if (Outcome got = fill(sizeof header + header.length); !got) return std::unexpected(std::move(got.error()));
  const Frame frame{header.kind, std::string_view(in_.data() + begin_ + sizeof header, header.length)};
  begin_ += sizeof header + header.length;
  return frame;
}

bool Channel::take_if(wire::Kind kind) {
  wire::Header header;
  if (end_ - begin_ < sizeof header) {
    make_room();
    const auto got = stream_.read_now(std::span(in_).subspan(end_));
    if (got) end_ += *got;
    if (end_ - begin_ < sizeof header) return false;
  }
  std::memcpy(&header, in_.data() + begin_, sizeof header);
  if (!wire::is_valid(header) || header.kind != kind || header.length != 0) return false;
  begin_ += sizeof header;
  return true;
}

void Channel::keep() {
  if (kept_.size() > keep_at_most) kept_ = {};
  std::swap(in_, kept_);
  const std::size_t left = end_ - begin_;
  if (in_.size() < left) in_.resize(left);
  if (left != 0) std::memcpy(in_.data(), kept_.data() + begin_, left);
  begin_ = 0;
  end_ = left;
}

}  // namespace purser::plugin
