package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// A writing is held while a command changes files. The program does not end in it:
// what is half done would stay behind.
type writing struct{ sync.Mutex }

type writingKey struct{}

// whole runs what changes files, or has another program change them. An interrupt
// ends ctx, of which change has to take notice, and the program after change.
func whole(ctx context.Context, change func() error) error {
	if w, ok := ctx.Value(writingKey{}).(*writing); ok {
		w.Lock()
		defer w.Unlock()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return change()
}

// windUp is how long a command has to end by itself after an interrupt: to end the
// go and git commands that it runs, and to take away what it shows on the terminal.
const windUp = 200 * time.Millisecond

// interruptible runs a command line to its end or to the first SIGINT or SIGTERM, and
// returns the exit status. An interrupted program dies of the signal, as one without
// a handler does, so that a script that runs it ends too; shells show 130 or 143.
//
// Whatever the command waits for or computes then is left to itself: reads of standard
// input and calls of the system cannot be interrupted. Only a change of files is
// waited for.
func interruptible(command func(ctx context.Context) int) int {
	var w writing
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), writingKey{}, &w))
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
		case <-time.After(windUp):
		}
		w.Lock() // and never unlock it: nothing is begun any more
		return dieOf(sig)
	}
}

// statusOf returns the exit status that shells show for a signal.
func statusOf(sig os.Signal) int {
	if n, ok := sig.(syscall.Signal); ok {
		return 128 + int(n)
	}
	return statusUndecided
}
