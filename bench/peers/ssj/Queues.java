import java.lang.management.ManagementFactory;
import java.util.LinkedList;
import umontreal.ssj.randvar.ExponentialGen;
import umontreal.ssj.rng.MRG32k3a;
import umontreal.ssj.rng.RandomStream;
import umontreal.ssj.simevents.Accumulate;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Sim;
import umontreal.ssj.stat.Tally;

/**
 * The bench's queues in SSJ, in the manner of its own examples: events, a list of waiting customers and an
 * accumulator a station, a tally of the times in the system. Arguments: the queue and the number of customers.
 */
public class Queues {
  /** Where a customer goes from a station, and what it is when it has been everywhere. */
  interface Path {
    void next(Customer customer);
  }

  static final class Customer {
    double arrived;
  }

  static final class Station {
    final LinkedList<Customer> line = new LinkedList<>();
    final Accumulate waiting = new Accumulate();
    final ExponentialGen service;
    final Path path;
    int idle;

    Station(int servers, double mean, Path path) {
      this.idle = servers;
      this.path = path;
      this.service = new ExponentialGen(new MRG32k3a(), 1 / mean);
      waiting.init(0);
    }

    void enter(Customer customer) {
      if (idle > 0) {
        idle--;
        new Departure(this, customer).schedule(service.nextDouble());
      } else {
        line.addLast(customer);
        waiting.update(line.size());
      }
    }

    void leave(Customer customer) {
      if (line.isEmpty()) {
        idle++;
      } else {
        Customer first = line.removeFirst();
        waiting.update(line.size());
        new Departure(this, first).schedule(service.nextDouble());
      }
      path.next(customer);
    }
  }

  static final class Departure extends Event {
    final Station station;
    final Customer customer;

    Departure(Station station, Customer customer) {
      this.station = station;
      this.customer = customer;
    }

    public void actions() {
      station.leave(customer);
    }
  }

  static final class Arrival extends Event {
    final ExponentialGen spacing;
    final Station first;

    Arrival(ExponentialGen spacing, Station first) {
      this.spacing = spacing;
      this.first = first;
    }

    public void actions() {
      new Arrival(spacing, first).schedule(spacing.nextDouble());
      Customer customer = new Customer();
      customer.arrived = Sim.time();
      first.enter(customer);
    }
  }

  /** The end of a customer's think time in the closed network. */
  static final class Thought extends Event {
    final Station first;
    final Customer customer;

    Thought(Station first, Customer customer) {
      this.first = first;
      this.customer = customer;
    }

    public void actions() {
      customer.arrived = Sim.time();
      first.enter(customer);
    }
  }

  static final Tally times = new Tally();
  static long wanted;

  static void depart(Customer customer) {
    times.add(Sim.time() - customer.arrived);
    if (times.numberObs() >= wanted) Sim.stop();
  }

  static void open(double rate, Station first) {
    ExponentialGen spacing = new ExponentialGen(new MRG32k3a(), rate);
    new Arrival(spacing, first).schedule(spacing.nextDouble());
  }

  static void network() {
    RandomStream hits = new MRG32k3a();
    Station database = new Station(1, 4, Queues::depart);
    Station cache =
        new Station(
            1,
            0.5,
            customer -> {
              if (hits.nextDouble() < 0.8) depart(customer);
              else database.enter(customer);
            });
    Station[] apps = new Station[4];
    for (int i = 0; i < 4; i++) apps[i] = new Station(1, 3.5, cache::enter);
    int[] turn = {0};
    open(0.8, new Station(1, 0.5, customer -> apps[turn[0]++ & 3].enter(customer)));
  }

  static void closed() {
    ExponentialGen thinking = new ExponentialGen(new MRG32k3a(), 1);
    Station[] stations = new Station[2];
    stations[1] =
        new Station(
            1,
            0.03,
            customer -> {
              depart(customer);
              new Thought(stations[0], customer).schedule(thinking.nextDouble());
            });
    stations[0] = new Station(1, 0.02, stations[1]::enter);
    for (int i = 0; i < 50; i++) {
      new Thought(stations[0], new Customer()).schedule(thinking.nextDouble());
    }
  }

  public static void main(String[] args) {
    wanted = Long.parseLong(args[1]);
    Sim.init();
    switch (args[0]) {
      case "mm1" -> open(0.8, new Station(1, 1, Queues::depart));
      case "mm64" -> open(51.2, new Station(64, 1, Queues::depart));
      case "network" -> network();
      default -> closed();
    }
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    Sim.start();
    double cpuMs = (threads.getCurrentThreadCpuTime() - before) / 1e6;
    System.out.printf(
        java.util.Locale.ROOT,
        "{\"customers\":%d,\"cpuMs\":%.3f,\"mean\":%.6f}%n",
        wanted,
        cpuMs,
        times.average());
  }
}
