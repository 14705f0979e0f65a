export default {
  title: 'Tutorial',
  progress: 'Step {step} of {count}',
  next: 'Next',
  finish: 'Finish',
  skip: 'Skip the tutorial',
  why: 'Why',
  reopen: 'Show the tutorial',
  steps: {
    forecast: {
      title: 'Read the forecast',
      what: 'The curve shows how many requests a second are coming, and when. Look for the peak.',
      why: 'Servers take time and money. You can only be ready for what you have seen coming.',
    },
    start: {
      title: 'Let the traffic in',
      what: 'Press Start. You can pause at any time and build while paused.',
      why: 'Only real requests show what {server} can carry.',
    },
    'watch-cpu': {
      title: 'Watch the CPU of {server}',
      what: 'Select {server} on the map. The inspector shows how much of its CPU is used.',
      why: 'A server does not slow down evenly: close to 100 % its queue grows very fast.',
    },
    pause: {
      title: '{server} is getting hot: pause',
      what: 'Press pause. Nothing happens while you think and build.',
      why: 'Requests that wait too long or find the queue full are lost, and lost requests cost you users.',
    },
    'buy-balancer': {
      title: 'Buy a load balancer',
      what: 'Choose the balancer in the shop, then click a free place between {clients} and {server}.',
      why: 'Clients can call one address only. A balancer is one address with many servers behind it.',
    },
    'free-clients': {
      title: 'Take {clients} off {server}',
      what: 'Select the link {clients} → {server} and disconnect it.',
      why: '{clients} has one outgoing link, and it is taken. Do it while paused, so that no request is lost.',
    },
    'connect-balancer': {
      title: 'Put {balancer} in between',
      what: 'Connect {clients} → {balancer}, then {balancer} → {server}: drag from one to the other, or select one, choose Connect and then the other.',
      why: 'Requests follow the links. A node without a link to it gets no requests.',
    },
    'clone-server': {
      title: 'Add a second server',
      what: 'Select {server} and choose Clone. The copy gets the same links: from {balancer}, and to the database.',
      why: 'Two servers share the work. This is scaling out; a larger size would be scaling up.',
    },
    resume: {
      title: 'Go on',
      what: 'Press play. The new server needs a moment to start; then watch the load spread.',
      why: 'A change is only good once you have seen that it works.',
    },
    survive: {
      title: 'Hold out to the end',
      what: 'Keep an eye on the error gauge: it fills while too many requests fail. Full means the service is down.',
      why: 'You win when the time is over. The rank also asks for speed, uptime and low cost.',
    },
    'limited-by': {
      title: '{limited} is at its limit',
      what: 'Select {limited} and read "Limited by" in the inspector: it says what holds it back and what helps.',
      why: 'More of the wrong thing does not help. Another server does nothing for a database that is full.',
    },
  },
};
