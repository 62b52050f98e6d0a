"""What a process gives up before it runs generated code. There is no way back.

It needs nothing but threads, its own folder and the libraries it has loaded: no program, no other process, no socket,
no name in the file system that stands for something else.
"""

import ctypes
import errno
import os
import resource
from collections.abc import Iterable
from pathlib import Path

from pixora_pipeline.sandbox import landlock
from pixora_pipeline.sandbox.limits import Limits

_NO_NEW_PRIVS, _DUMPABLE = 38, 4
_MORE_THREADS = 256
_CLONE_THREAD = 0x00010000

_PROGRAMS = "execve execveat fork vfork"
"""What it takes to run other programs; their children stay within the same locks."""

_DENIED = """
    # other processes
    kill tkill pidfd_open pidfd_getfd pidfd_send_signal ptrace process_vm_readv
    process_vm_writev process_madvise kcmp rt_sigqueueinfo rt_tgsigqueueinfo setpgid setsid
    # the network, and sockets of every kind
    socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg recvmmsg
    # names that stand for something else
    symlink symlinkat link linkat mknod mknodat
    # the machine
    mount umount2 pivot_root chroot unshare setns open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    bpf perf_event_open userfaultfd keyctl add_key request_key init_module finit_module delete_module kexec_load
    kexec_file_load reboot swapon swapoff sethostname setdomainname acct settimeofday clock_settime adjtimex
    clock_adjtime iopl ioperm quotactl nfsservctl lookup_dcookie name_to_handle_at open_by_handle_at fanotify_init
    # doors in the kernel that are not watched as closely
    io_uring_setup io_uring_enter io_uring_register personality modify_ldt uselib ustat sysfs vhangup
    # memory that nobody counts
    memfd_create memfd_secret shmget shmat msgget semget mq_open remap_file_pages
    # more than its share
    setpriority sched_setscheduler sched_setattr ioprio_set setrlimit
"""


def lock(folder: Path, readable: Iterable[Path], limits: Limits, *, programs: bool = False) -> None:
    """Give up everything but reading `readable` and writing in `folder`. OSError when the kernel refuses.

    With `programs`, the system's own may be run, under the same locks.
    """
    _limit(limits)
    _no_new_privileges()
    landlock.restrict(readable, [folder])
    _filter_system_calls(programs)


def _limit(limits: Limits) -> None:
    caps = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: limits.cpu_seconds + 1,
        resource.RLIMIT_FSIZE: limits.output_bytes,
        resource.RLIMIT_NOFILE: 1024,
        resource.RLIMIT_NPROC: _threads_of_ours() + _MORE_THREADS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for which, most in caps.items():
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # One second between the two: the first signal says why, the second can't be ignored.
        resource.setrlimit(which, (most - 1 if which == resource.RLIMIT_CPU else most, most))


def _threads_of_ours() -> int:
    """How many threads this user has: the kernel counts those of all processes against the limit."""
    count = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if folder.stat().st_uid == os.getuid():
                    count += len(list((folder / "task").iterdir()))
            except OSError:  # gone meanwhile, or not ours to see
                continue
    return count


def _no_new_privileges() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for option, value in ((_NO_NEW_PRIVS, 1), (_DUMPABLE, 0)):
        if libc.prctl(option, value, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl refused")


def _filter_system_calls(programs: bool) -> None:
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refused = seccomp.ERRNO(errno.EPERM)
    denied = _DENIED if programs else f"{_DENIED}\n{_PROGRAMS}"
    for line in denied.splitlines():
        for name in line.partition("#")[0].split():
            _deny(rules, refused, name)
    # Threads are all that may be begun. The C library asks for clone3 first; told that there is none, it asks for
    # clone, whose flags a filter can read.
    if not programs:
        rules.add_rule(refused, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    # Libraries ask how large a stack may be; nobody sets limits.
    rules.add_rule(refused, "prlimit64", seccomp.Arg(2, seccomp.NE, 0))
    # A signal to a thread of its own is how a library aborts.
    rules.add_rule(refused, "tgkill", seccomp.Arg(0, seccomp.NE, os.getpid()))
    rules.load()


def _deny(rules, refused: int, name: str) -> None:
    try:
        rules.add_rule(refused, name)
    except (OSError, ValueError) as error:
        # Not every machine has every call.
        if getattr(error, "errno", errno.EINVAL) not in (errno.EINVAL, errno.ESRCH, errno.EFAULT, errno.EDOM):
            raise
