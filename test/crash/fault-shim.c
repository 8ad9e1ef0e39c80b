/*
 * Preloaded into a process under test: counts the calls that change anything below one folder, and at the n-th of them kills
 * the process or lets the call fail. Everything else goes through untouched.
 *
 * COFFER_FAULT_FOLDER names the folder (absolute, links resolved). The process under test steers it by reading files that are
 * not there: /coffer-fault/arm/N/MODE begins to count anew, /coffer-fault/disarm ends that and gives the calls counted so far,
 * one a line: the call, then the file's path below the folder.
 *
 * MODE: `count`; `kill-before`, `kill-half`, `kill-after` the n-th call; `eio-once`, `enospc-once`; `eio-stays`: from the n-th
 * call on all of them fail; `enospc-stays`: from the n-th on all that need room do.
 *
 * A process that is killed runs nothing more, so what is in a file by then stays: the kernel holds it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum mode { COUNT, KILL_BEFORE, KILL_HALF, KILL_AFTER, EIO_ONCE, ENOSPC_ONCE, EIO_STAYS, ENOSPC_STAYS };
static const char *const mode_names[] = {"count",    "kill-before", "kill-half", "kill-after",
                                         "eio-once", "enospc-once", "eio-stays", "enospc-stays"};
/* What to do with a call: let it through, write half of it and die, do it and die, or fail (the value is then errno). */
enum { GO = 0, HALF = -1, DIE_AFTER = -2 };

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static int is_armed;
static enum mode mode;
static long fault_at, calls;
static char report[1 << 20];
static size_t report_length;

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* The functions behind ours. All are looked up before main: later, dlsym may wait for a lock that waits for the caller. */
#define ALL_CALLS                                                                                                       \
  X(write) X(pwrite) X(pwrite64) X(sendfile) X(sendfile64) X(copy_file_range) X(writev) X(pwritev64)  \
  X(fsync) X(fdatasync) X(ftruncate) X(ftruncate64) X(fallocate) X(fallocate64) X(fchmod) X(unlink)  \
  X(unlinkat) X(remove) X(rmdir) X(mkdir) X(mkdirat) X(rename) X(renameat) X(renameat2)  \
  X(link) X(linkat) X(open) X(open64) X(openat) X(openat64) X(syscall)
#define X(name) static __typeof__(&name) real_##name;
ALL_CALLS
#undef X

__attribute__((constructor)) static void look_up(void) {
  if (real_syscall != NULL) return;
#define X(name) real_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name);
  ALL_CALLS
#undef X
}

/* A library may call before our constructor ran. */
#define REAL(name) (real_##name != NULL ? real_##name : (look_up(), real_##name))

/* The part of a path below the folder; NULL if it is elsewhere. */
static const char *below(const char *path) {
  const char *folder = getenv("COFFER_FAULT_FOLDER");
  size_t length = folder == NULL ? 0 : strlen(folder);
  if (length == 0 || path == NULL || strncmp(path, folder, length) != 0 || path[length] != '/') return NULL;
  return path + length + 1;
}

static const char *below_at(int folder, const char *path, char *buffer) {
  if (path == NULL || path[0] == '/' || folder == AT_FDCWD) return below(path);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = readlink(link, buffer, PATH_MAX);
  if (length < 0 || length + strlen(path) + 2 > PATH_MAX) return NULL;
  snprintf(buffer + length, PATH_MAX - length, "/%s", path);
  return below(buffer);
}

static const char *below_fd(int fd, char *buffer) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = '\0';
  return below(buffer);
}

/* Counts a call and decides. */
static int judge(const char *call, const char *name, int needs_room) {
  if (name == NULL || !is_armed) return GO;
  int answer = GO;
  pthread_mutex_lock(&guard);
  calls++;
  int written = snprintf(report + report_length, sizeof report - report_length, "%s %s\n", call, name);
  if (written > 0 && report_length + written < sizeof report) report_length += written;
  int is_it = calls == fault_at, is_past = fault_at > 0 && calls >= fault_at;
  if (mode == KILL_BEFORE && is_it) die();
  if (mode == KILL_HALF && is_it) answer = HALF;
  if (mode == KILL_AFTER && is_it) answer = DIE_AFTER;
  if ((mode == EIO_ONCE && is_it) || (mode == EIO_STAYS && is_past)) answer = EIO;
  if ((mode == ENOSPC_ONCE && is_it) || (mode == ENOSPC_STAYS && is_past && needs_room)) answer = ENOSPC;
  pthread_mutex_unlock(&guard);
  return answer;
}

/* A file in memory with a text in it. */
static int text_file(const char *text, size_t length) {
  int fd = memfd_create("coffer-fault", MFD_CLOEXEC);
  if (fd < 0 || syscall(SYS_write, fd, text, length) != (ssize_t)length) abort();
  lseek(fd, 0, SEEK_SET);
  return fd;
}

/* Answers a path of ours; -1 for any other. */
static int steer(const char *path) {
  static const char prefix[] = "/coffer-fault/";
  if (path == NULL || strncmp(path, prefix, sizeof prefix - 1) != 0) return -1;
  const char *order = path + sizeof prefix - 1;
  pthread_mutex_lock(&guard);
  int fd;
  if (strcmp(order, "disarm") == 0) {
    is_armed = 0;
    fd = text_file(report, report_length);
  } else {
    char name[32];
    if (sscanf(order, "arm/%ld/%31s", &fault_at, name) != 2) abort();
    mode = COUNT;
    while (strcmp(mode_names[mode], name) != 0)
      if (++mode > ENOSPC_STAYS) abort();
    is_armed = 1;
    calls = 0;
    report_length = 0;
    fd = text_file("", 0);
  }
  pthread_mutex_unlock(&guard);
  return fd;
}

#define CARRY_OUT(type, verdict, whole)                                                                                \
  do {                                                                                                                 \
    int judged = (verdict);                                                                                            \
    if (judged > 0) {                                                                                                  \
      errno = judged;                                                                                                  \
      return -1;                                                                                                       \
    }                                                                                                                  \
    type result = (whole);                                                                                             \
    if (judged == DIE_AFTER || judged == HALF) die();                                                                  \
    return result;                                                                                                     \
  } while (0)

#define CARRY_OUT_SIZED(call, fd, size, sized)                                                                         \
  do {                                                                                                                 \
    char path[PATH_MAX];                                                                                               \
    int judged = is_armed ? judge(call, below_fd(fd, path), 1) : GO;                                                   \
    if (judged > 0) {                                                                                                  \
      errno = judged;                                                                                                  \
      return -1;                                                                                                       \
    }                                                                                                                  \
    size_t bytes = judged == HALF ? (size) / 2 : (size);                                                               \
    ssize_t result = (sized);                                                                                          \
    if (judged == DIE_AFTER || judged == HALF) die();                                                                  \
    return result;                                                                                                     \
  } while (0)

ssize_t write(int fd, const void *from, size_t size) {
  CARRY_OUT_SIZED("write", fd, size, REAL(write)(fd, from, bytes));
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
  CARRY_OUT_SIZED("write", fd, size, REAL(pwrite)(fd, from, bytes, at));
}
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
  CARRY_OUT_SIZED("write", fd, size, REAL(pwrite64)(fd, from, bytes, at));
}
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
  CARRY_OUT_SIZED("write", to, size, REAL(sendfile)(to, from, at, bytes));
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
  CARRY_OUT_SIZED("write", to, size, REAL(sendfile64)(to, from, at, bytes));
}
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags) {
  CARRY_OUT_SIZED("write", to, size, REAL(copy_file_range)(from, from_at, to, to_at, bytes, flags));
}

static size_t total_of(const struct iovec *parts, int count) {
  size_t total = 0;
  for (int at = 0; at < count; at++) total += parts[at].iov_len;
  return total;
}

/* Writes the first `bytes` of all parts; with at < 0 where the file stands. */
static ssize_t write_parts(int fd, const struct iovec *parts, int count, off64_t at, size_t bytes) {
  struct iovec kept[IOV_MAX];
  int used = 0;
  for (; used < count && used < IOV_MAX && bytes > 0; used++) {
    kept[used] = parts[used];
    if (kept[used].iov_len > bytes) kept[used].iov_len = bytes;
    bytes -= kept[used].iov_len;
  }
  return at < 0 ? REAL(writev)(fd, kept, used) : REAL(pwritev64)(fd, kept, used, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  CARRY_OUT_SIZED("write", fd, total_of(parts, count), write_parts(fd, parts, count, -1, bytes));
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  CARRY_OUT_SIZED("write", fd, total_of(parts, count), write_parts(fd, parts, count, at, bytes));
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  CARRY_OUT_SIZED("write", fd, total_of(parts, count), write_parts(fd, parts, count, at, bytes));
}

static int judge_fd(const char *call, int fd, int needs_room) {
  char path[PATH_MAX];
  return is_armed ? judge(call, below_fd(fd, path), needs_room) : GO;
}
int fsync(int fd) { CARRY_OUT(int, judge_fd("fsync", fd, 1), REAL(fsync)(fd)); }
int fdatasync(int fd) { CARRY_OUT(int, judge_fd("fsync", fd, 1), REAL(fdatasync)(fd)); }
int ftruncate(int fd, off_t size) { CARRY_OUT(int, judge_fd("truncate", fd, 0), REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { CARRY_OUT(int, judge_fd("truncate", fd, 0), REAL(ftruncate64)(fd, size)); }
int fallocate(int fd, int how, off_t at, off_t size) {
  CARRY_OUT(int, judge_fd("allocate", fd, 1), REAL(fallocate)(fd, how, at, size));
}
int fallocate64(int fd, int how, off64_t at, off64_t size) {
  CARRY_OUT(int, judge_fd("allocate", fd, 1), REAL(fallocate64)(fd, how, at, size));
}
int fchmod(int fd, mode_t rights) { CARRY_OUT(int, judge_fd("chmod", fd, 0), REAL(fchmod)(fd, rights)); }

static int judge_name(const char *call, int folder, const char *path, int needs_room) {
  char buffer[PATH_MAX];
  return judge(call, below_at(folder, path, buffer), needs_room);
}
static int judge_names(const char *call, int folder, const char *from, int other, const char *to) {
  char buffer[PATH_MAX];
  const char *name = below_at(other, to, buffer);
  return name != NULL ? judge(call, name, 1) : judge_name(call, folder, from, 1);
}
int unlink(const char *path) { CARRY_OUT(int, judge_name("unlink", AT_FDCWD, path, 0), REAL(unlink)(path)); }
int unlinkat(int folder, const char *path, int flags) {
  CARRY_OUT(int, judge_name("unlink", folder, path, 0), REAL(unlinkat)(folder, path, flags));
}
int remove(const char *path) { CARRY_OUT(int, judge_name("unlink", AT_FDCWD, path, 0), REAL(remove)(path)); }
int rmdir(const char *path) { CARRY_OUT(int, judge_name("unlink", AT_FDCWD, path, 0), REAL(rmdir)(path)); }
int mkdir(const char *path, mode_t rights) {
  CARRY_OUT(int, judge_name("mkdir", AT_FDCWD, path, 1), REAL(mkdir)(path, rights));
}
int mkdirat(int folder, const char *path, mode_t rights) {
  CARRY_OUT(int, judge_name("mkdir", folder, path, 1), REAL(mkdirat)(folder, path, rights));
}
int rename(const char *from, const char *to) {
  CARRY_OUT(int, judge_names("rename", AT_FDCWD, from, AT_FDCWD, to), REAL(rename)(from, to));
}
int renameat(int folder, const char *from, int other, const char *to) {
  CARRY_OUT(int, judge_names("rename", folder, from, other, to), REAL(renameat)(folder, from, other, to));
}
int renameat2(int folder, const char *from, int other, const char *to, unsigned flags) {
  CARRY_OUT(int, judge_names("rename", folder, from, other, to), REAL(renameat2)(folder, from, other, to, flags));
}
int link(const char *from, const char *to) {
  CARRY_OUT(int, judge_names("link", AT_FDCWD, from, AT_FDCWD, to), REAL(link)(from, to));
}
int linkat(int folder, const char *from, int other, const char *to, int flags) {
  CARRY_OUT(int, judge_names("link", folder, from, other, to), REAL(linkat)(folder, from, other, to, flags));
}

/* Opening counts where it may make a file. */
#define OPEN(name, folder, ...) \
  mode_t rights = 0;                                                                                                   \
  if (flags & (O_CREAT | __O_TMPFILE)) {                                                                               \
    va_list more;                                                                                                      \
    va_start(more, flags);                                                                                             \
    rights = va_arg(more, mode_t);                                                                                     \
    va_end(more);                                                                                                      \
  }                                                                                                                    \
  int steered = steer(path);                                                                                           \
  if (steered >= 0) return steered;                                                                                    \
  CARRY_OUT(int, flags &O_CREAT ? judge_name("create", folder, path, 1) : GO, REAL(name)(__VA_ARGS__, flags, rights))
int open(const char *path, int flags, ...) { OPEN(open, AT_FDCWD, path); }
int open64(const char *path, int flags, ...) { OPEN(open64, AT_FDCWD, path); }
int openat(int folder, const char *path, int flags, ...) { OPEN(openat, folder, folder, path); }
int openat64(int folder, const char *path, int flags, ...) { OPEN(openat64, folder, folder, path); }

/* libuv makes this one call by its number. */
long syscall(long number, ...) {
  long given[6];
  va_list more;
  va_start(more, number);
  for (int at = 0; at < 6; at++) given[at] = va_arg(more, long);
  va_end(more);
  if (number == SYS_copy_file_range) {
    return copy_file_range((int)given[0], (off64_t *)given[1], (int)given[2], (off64_t *)given[3], (size_t)given[4],
                           (unsigned)given[5]);
  }
  return REAL(syscall)(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}
