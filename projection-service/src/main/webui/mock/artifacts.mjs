// FOR DEVELOPMENT AND TESTS OF THE PANEL ONLY: what the made-up marketplace offers.
const skill = (id, title, version, description, tags, publisher = 'user:ada') => ({
  kind: 'skill',
  id,
  title,
  version,
  description,
  tags,
  publisher,
});
const scenario = (id, title, version, description, tags, publisher = 'user:grace') => ({
  kind: 'scenario',
  id,
  title,
  version,
  description,
  tags,
  publisher,
});

export const artifacts = [
  skill(
    'weather_skill',
    'Weather',
    '1.4.0',
    'Forecast and current conditions for the places you care about, refreshed every ten minutes.',
    ['weather', 'home'],
  ),
  skill(
    'room_climate',
    'Room climate',
    '0.3.2',
    'Reads temperature and humidity sensors and warns before mould does.',
    ['sensors', 'home'],
  ),
  skill(
    'voice_notes',
    'Голосовые заметки',
    '2.0.1',
    'Записывает короткие заметки и показывает их на столе.',
    ['voice', 'notes'],
    'user:lev',
  ),
  skill(
    'infrastate_skill',
    'Infra State',
    '1.4.0',
    'Infrastructure and runtime control surface.',
    ['infra', 'ops'],
    'owner-123',
  ),
  {
    ...skill(
      'door_camera',
      'Door camera',
      '0.9.0-rc.1',
      'Shows who is at the door.',
      ['camera'],
      'user:linus',
    ),
    blocked: 'Needs a skill that is neither installed nor in the catalog: motion_sensor.',
  },
  scenario(
    'evening_routine',
    'Evening routine',
    '1.0.0',
    'Dims the lights, closes the blinds and reads out tomorrow’s first appointment.',
    ['home', 'voice'],
  ),
  scenario(
    'web_desktop',
    'Web desktop',
    '3.1.0',
    'The standard desktop: apps, widgets and a clock.',
    ['desktop'],
    'owner-123',
  ),
];

export const hostileArtifacts = [
  skill(
    'markup_skill',
    '<img src=x onerror=alert(1)> <b>bold</b>',
    '1.0.0',
    '<script>alert("x")</script> & "quotes" {{t}} $t(app.name)',
    ['<i>tag</i>', '\u202Eevil'],
    '"><svg onload=alert(1)>',
  ),
  skill(
    'long_skill',
    'A'.repeat(300),
    '1.0.0-alpha.1+build.20260407120000.deadbeef',
    'word '.repeat(400),
    Array.from({ length: 30 }, (_, i) => `tag-${i}`),
    'user:' + 'x'.repeat(120),
  ),
];
