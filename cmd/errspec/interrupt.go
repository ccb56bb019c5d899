package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// A changeLock is locked while a command changes files. The program does not end while it
// is locked, so that no change remains incomplete.
type changeLock struct{ sync.Mutex }

type changeLockKey struct{}

// uninterrupted runs a function that changes files, or that runs a program that changes
// them. An interrupt cancels ctx, which change must observe. The program ends after
// change has returned.
func uninterrupted(ctx context.Context, change func() error) error {
	if w, ok := ctx.Value(changeLockKey{}).(*changeLock); ok {
		w.Lock()
		defer w.Unlock()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return change()
}

// gracePeriod is the time that a command has to return after an interrupt: to stop its
// go and git commands, and to clear its progress line.
const gracePeriod = 200 * time.Millisecond

// interruptible runs a command until it returns or until the first SIGINT or SIGTERM, and
// returns the exit status. After a signal, the program ends by the same signal, like a
// program without a handler, so that the calling script ends as well. Shells show 130 or
// 143.
//
// After a signal, the command is abandoned, because reads of standard input and system
// calls cannot be interrupted. Only a change of files is completed.
func interruptible(command func(ctx context.Context) int) int {
	var w changeLock
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), changeLockKey{}, &w))
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan int, 1)
	go func() { done <- command(ctx) }()
	select {
	case status := <-done:
		return status
	case sig := <-signals:
		cancel()
		select {
		case <-done:
		case <-time.After(gracePeriod):
		}
		w.Lock() // never unlocked, so that no further change starts
		return endBySignal(sig)
	}
}

// statusOf returns the exit status of a signal in shells.
func statusOf(sig os.Signal) int {
	if n, ok := sig.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return statusFailure
}
