// SPDX-License-Identifier: BSL-1.0
// Copyright the credence authors
#ifndef CREDENCE_TESTS_HOSTILE_MACROS_HPP
#define CREDENCE_TESTS_HOSTILE_MACROS_HPP

// Macros that headers of real hosts leave behind, as they define them, or as what breaks what they meet.

// windows.h, rpcndr.h and what comes with them
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define near
#define far
#define small char
#define hyper long long
#define interface struct
#define cdecl
#define pascal
#define IN
#define OUT
#define OPTIONAL
#define NEAR near
#define FAR far
#define CONST const
#define VOID void
#define PASCAL
#define STRICT 1
#define ERROR 0
#define NO_ERROR 0L
#define DELETE (0x00010000L)
#define TRUE 1
#define FALSE 0
#define ABSOLUTE 1
#define RELATIVE 2
#define OPAQUE 2
#define IGNORE 0
#define ASSERT(condition) ((void)(condition))
#define VERIFY(condition) ((void)(condition))
#define TRACE(text) ((void)(text))

// complex.h, sys/sysmacros.h, sys/param.h, the math.h of old, the predefined names of GNU modes
#define complex _Complex
#define imaginary _Imaginary
#define I (__extension__ 1.0iF)
#define major(device) ((device) >> 8)
#define minor(device) ((device)&0xff)
#define makedev(upper, lower) (((upper) << 8) | (lower))
#define roundup(value, step) ((((value) + ((step)-1)) / (step)) * (step))
#define howmany(value, step) (((value) + ((step)-1)) / (step))
#define DOMAIN 1
#define SING 2
#define OVERFLOW 3
#define UNDERFLOW 4
#define PLOSS 5
#define TLOSS 6
#define unix 1
#define linux 1
#define sun 1
#define mips 1
#define arm 1

// X11
#define Bool int
#define Status int
#define True 1
#define False 0
#define None 0L
#define Success 0
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Unsorted 0

// Arduino
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? (long)((x) + 0.5) : (long)((x)-0.5))
#define radians(degree) ((degree)*0.017453292519943295769236907684886)
#define degrees(radian) ((radian)*57.295779513082320876798154814105)
#define sq(x) ((x) * (x))
#define constrain(amount, low, high) ((amount) < (low) ? (low) : ((amount) > (high) ? (high) : (amount)))
#define bit(b) (1UL << (b))
#define word(...) makeWord(__VA_ARGS__)
#define lowByte(w) ((unsigned char)((w)&0xff))
#define highByte(w) ((unsigned char)((w) >> 8))
#define F(text) (text)
#define B0 0
#define B1 1
#define PI 3.1415926535897932384626433832795
#define EULER 2.718281828459045235360287471352
#define LOW 0
#define HIGH 1
#define DEFAULT 1
#define CHANGE 1

// Qt and GLib
#define signals public
#define slots
#define emit
#define foreach(variable, container) for (variable : container)
#define forever for (;;)
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define ABS(a) (((a) < 0) ? -(a) : (a))
#define CLAMP(x, low, high) (((x) > (high)) ? (high) : (((x) < (low)) ? (low) : (x)))

// logging and asserting: glog, Abseil, AssertMacros.h of macOS, Unreal Engine, kernels, gettext, R
#define CHECK(condition) \
  while (!(condition)) abort()
#define LOG(severity) LOG_##severity
#define INFO 0
#define WARNING 1
#define FATAL 3
#define check(assertion)       \
  do {                         \
    if (!(assertion)) abort(); \
  } while (0)
#define verify(assertion)      \
  do {                         \
    if (!(assertion)) abort(); \
  } while (0)
#define require(assertion, label) \
  do {                            \
    if (!(assertion)) goto label; \
  } while (0)
#define ensure(assertion)      \
  do {                         \
    if (!(assertion)) abort(); \
  } while (0)
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#define _(text) gettext(text)
#define length(vector) Rf_length(vector)

#endif
