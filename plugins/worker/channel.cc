#include "plugins/worker/channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace purser::plugin {
namespace {

constexpr std::size_t receive_step = 256 << 10;  // one read takes two good frames
constexpr std::size_t keep_at_most = 4 << 20;    // buffers above this are given back after a large attachment

Status gone() { return {StatusClass::defect, "HOST-CRASH", "the other side has gone"}; }
Status broken(const char* what) { return {StatusClass::defect, "HOST-0016", what}; }

}  // namespace

Channel::Channel(Descriptor socket, Waiter& waiter) : socket_(std::move(socket)), waiter_(waiter) {}

Outcome Channel::send(wire::Kind kind, std::string_view payload) {
  if (payload.size() > wire::max_payload) return std::unexpected(broken("a frame too large to send"));
  const wire::Header header = wire::make_header(kind, payload.size());
  out_.append(reinterpret_cast<const char*>(&header), sizeof header);
  out_.append(payload);
  if (out_.size() < wire::good_payload) return {};
  return flush();
}

Outcome Channel::flush() {
  std::size_t done = 0;
  while (done < out_.size()) {
    const ssize_t sent =
        ::send(socket_.get(), out_.data() + done, out_.size() - done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      done += static_cast<std::size_t>(sent);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (Outcome ready = waiter_.wait(socket_.get(), POLLOUT); !ready) return ready;
    } else if (errno != EINTR) {
      return std::unexpected(gone());
    }
  }
  out_.clear();
  if (out_.capacity() > keep_at_most) out_.shrink_to_fit();
  return {};
}

// Receives until `needed` bytes are there in one piece. Grows with what arrives, not with what was announced.
Outcome Channel::fill(std::size_t needed) {
  while (end_ - begin_ < needed) {
    if (begin_ != 0) {
      std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
      end_ -= std::exchange(begin_, 0);
    }
    if (in_.size() - end_ < receive_step / 2)
      in_.resize(std::max(in_.size() + in_.size() / 2, end_ + receive_step));
    const ssize_t got = ::recv(socket_.get(), in_.data() + end_, in_.size() - end_, MSG_DONTWAIT);
    if (got > 0) {
      end_ += static_cast<std::size_t>(got);
    } else if (got == 0) {
      return std::unexpected(gone());
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (Outcome ready = waiter_.wait(socket_.get(), POLLIN); !ready) return ready;
    } else if (errno != EINTR) {
      return std::unexpected(gone());
    }
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
    const ssize_t there = ::recv(socket_.get(), &header, sizeof header, MSG_DONTWAIT | MSG_PEEK);
    if (there < static_cast<ssize_t>(sizeof header - (end_ - begin_)) || !fill(sizeof header)) return false;
  }
  std::memcpy(&header, in_.data() + begin_, sizeof header);
  if (!wire::is_valid(header) || header.kind != kind || header.length != 0) return false;
  begin_ += sizeof header;
  return true;
}

void Channel::keep(std::vector<char>& into) {
  std::swap(in_, into);
  const std::size_t left = end_ - begin_;
  if (in_.size() < left) in_.resize(left);
  if (left != 0) std::memcpy(in_.data(), into.data() + begin_, left);
  begin_ = 0;
  end_ = left;
}

}  // namespace purser::plugin
