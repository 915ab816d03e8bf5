#define _GNU_SOURCE
#include "CPty.h"

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t pty_start(const char *path, char *const arguments[], char *const environment[], int rows, int columns,
                int *controller) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    sigset_t all, before;
    // No handler of this process may run in the child before it has become the program.
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pid_t process = forkpty(controller, NULL, NULL, &size);
    if (process == 0) {
        for (int signal = 1; signal < NSIG; signal++) {
            struct sigaction action = {.sa_handler = SIG_DFL};
            sigaction(signal, &action, NULL);
        }
        close_range(3, ~0U, 0);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execve(path, arguments, environment);
        _exit(127);
    }
    if (process > 0) {
        fcntl(*controller, F_SETFL, O_NONBLOCK);
        fcntl(*controller, F_SETFD, FD_CLOEXEC);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return process;
}

int pty_resize(int controller, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(controller, TIOCSWINSZ, &size);
}

int pty_ended(pid_t process, int *code, int *signal) {
    int status;
    pid_t ended = waitpid(process, &status, WNOHANG);
    if (ended <= 0) return (int)ended;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *signal = WIFSIGNALED(status) ? WTERMSIG(status) : -1;
    return 1;
}
