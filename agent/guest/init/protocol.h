/*
 * Frames between host and guest, over a virtio-serial port or a vsock connection the host opens.
 * Frame: COBS(type u8, payload, crc32 of both) followed by one zero byte; integers are little endian.
 * A zero byte ends whatever a dead peer left half sent, so both sides always find the next frame.
 */
#ifndef SHELLWEGO_PROTOCOL_H
#define SHELLWEGO_PROTOCOL_H

#define FRAME_MAX 196608
/* Where the guest listens when there is no serial port. */
#define CHANNEL_PORT 1024

/* host to guest */
#define MSG_HELLO 1      /* u32 session, u64 wall ms, u64 acknowledged log seq, random bytes for the kernel or none */
#define MSG_SECRETS 2    /* KEY=VALUE strings, each ended by NUL; may repeat */
#define MSG_GO 3         /* spawn the process now */
#define MSG_LOG_ACK 4    /* u64 seq */
#define MSG_EXIT_ACK 5   /* the exit is known; power off once the logs are acknowledged */
#define MSG_STOP 6       /* u32 grace ms */
#define MSG_EXEC 7       /* u32 id, u32 timeout ms, argv strings each ended by NUL */
#define MSG_EXEC_STDIN 8 /* u32 id, bytes; no bytes means end of input */
#define MSG_STATS 9     /* u32 id */
#define MSG_TIME 10      /* u64 wall ms */
#define MSG_SESSION_OPEN 20   /* u32 id, u8 flags, u16 columns, u16 rows, u32 credit, u32 timeout ms or 0, u16 count of assignments, those, argv */
#define MSG_SESSION_CREDIT 21 /* u32 id, u32 more bytes of output that may be sent */
#define MSG_SESSION_RESIZE 22 /* u32 id, u16 columns, u16 rows */
#define MSG_SESSION_HANGUP 23 /* u32 id */
#define MSG_GROW 11      /* the disk of a volume became larger */
#define MSG_FLUSH 12     /* u32 id; write everything to the disks */

/* guest to host */
#define MSG_HELLO_ACK 65 /* u32 session, u8 state */
#define MSG_STARTED 66
#define MSG_LOGS 67      /* repeated: u64 seq, u64 wall ms, u8 stream, u32 length, bytes */
#define MSG_GAP 68       /* u64 first, u64 last seq that were dropped */
#define MSG_EXIT 69      /* i32 code or -1, i32 signal or -1, u8 oom */
#define MSG_EXEC_OUT 70  /* u32 id, u8 stream, bytes */
#define MSG_EXEC_EXIT 71 /* u32 id, i32 code, u8 flags: 1 timed out, 2 never ran */
#define MSG_STATS_REPLY 72 /* u32 id, u64 total KiB, u64 available KiB, u64 cpu us */
#define MSG_FLUSHED 73   /* u32 id */

#define MSG_SESSION_TAKEN 80   /* u32 id, u32 bytes of input that found their way into the process */

#define SESSION_TERMINAL 1

#define EXIT_TIMED_OUT 1
#define EXIT_NEVER_RAN 2

#define STATE_NO_CONFIG 0
#define STATE_WAITING 1
#define STATE_RUNNING 2
#define STATE_EXITED 3

#define STREAM_STDOUT 1
#define STREAM_STDERR 2
#define STREAM_SYSTEM 3

#endif
