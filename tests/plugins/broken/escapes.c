/* Tries what a worker may not do: the file names the system call. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/plugins/broken/broken.h"

static purser_status decode(purser_instance* instance, const purser_request* request,
                            const purser_source* source, const purser_sink* sink) {
  (void)instance;
  (void)request;
  char word[64];
  const purser_status status = read_word(source, word, sizeof word);
  if (status != PURSER_OK) return status;
  int result = -1;
  if (strcmp(word, "socket") == 0) result = socket(AF_INET, SOCK_STREAM, 0);
  if (strcmp(word, "fork") == 0) result = (int)fork();
  if (strcmp(word, "execve") == 0) result = execl("/bin/true", "true", (char*)NULL);
  if (strcmp(word, "write") == 0) result = open("/tmp/purser-escape", O_WRONLY | O_CREAT, 0600);
  if (strcmp(word, "read") == 0) result = open("/etc/passwd", O_RDONLY);
  sink->fail(sink, text_of("HOST-0012"), text_of(result < 0 ? "the system refused" : "it worked"));
  return PURSER_DEFECT;
}

BROKEN_CONNECTOR(good_create, decode)
