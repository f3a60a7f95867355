/* The limit of any site generator: files of given names and sizes, written and nothing else.

     floor MANIFEST FOLDER PROCESSES

   MANIFEST has a line "size path" for each file. FOLDER must not exist. One process makes all
   folders, then each writes every PROCESSES-th file: open, write, close. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct file {
    size_t size;
    char *path;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/* Every folder above `path`. Neighbours mostly share theirs: that is tried but once. */
static void make_folders(char *path) {
    static char last[4096];
    char *slash = strrchr(path, '/');
    if (!slash) return;
    size_t length = (size_t)(slash - path);
    if (length < sizeof last && strncmp(last, path, length) == 0 && !last[length]) return;
    for (char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        if (mkdir(path, 0755) && errno != EEXIST) fail(path);
        *at = '/';
    }
    if (length < sizeof last) {
        memcpy(last, path, length);
        last[length] = 0;
    }
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    int processes = atoi(arguments[3]);
    FILE *manifest = fopen(arguments[1], "r");
    if (!manifest || processes < 1) fail(arguments[1]);
    size_t room = 1 << 16, files = 0, largest = 1;
    struct file *all = malloc(room * sizeof *all);
    char line[4096];
    while (all && fgets(line, sizeof line, manifest)) {
        char *rest;
        size_t size = strtoull(line, &rest, 10);
        rest[strcspn(rest, "\n")] = 0;
        if (files == room) all = realloc(all, (room *= 2) * sizeof *all);
        if (!all) break;
        all[files].size = size;
        all[files++].path = strdup(rest + 1);
        if (size > largest) largest = size;
    }
    char *text = malloc(largest);
    if (!all || !text) fail("memory");
    for (size_t i = 0; i < largest; i++) text[i] = "<p>etaoin shrdlu\n"[(i * 2654435761u >> 7) % 17];
    if (mkdir(arguments[2], 0755) || chdir(arguments[2])) fail(arguments[2]);
    for (size_t i = 0; i < files; i++) make_folders(all[i].path);
    for (int worker = 0; worker < processes; worker++) {
        if (worker < processes - 1 && fork()) continue;
        for (size_t i = (size_t)worker; i < files; i += (size_t)processes) {
            int file = open(all[i].path, O_WRONLY | O_CREAT | O_EXCL, 0644);
            if (file < 0 || write(file, text, all[i].size) != (ssize_t)all[i].size || close(file))
                fail(all[i].path);
        }
        if (worker < processes - 1) _exit(0);
    }
    int status, wrong = 0;
    while (wait(&status) > 0) wrong |= status;
    return wrong != 0;
}
